package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** One AWS service of the embedded run, which answers requests in that service's own protocol. */
@FunctionalInterface
public interface AwsService {

  void handle(HttpExchange exchange) throws IOException;

  /** Whether it knows that a resource of its own is not there. */
  default boolean lacks(String arn) {
    return false;
  }
}
