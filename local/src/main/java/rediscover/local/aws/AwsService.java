package rediscover.local.aws;

import java.io.IOException;
import rediscover.local.http.Exchange;

/** One AWS service of the embedded run. It answers in the service's own protocol. */
@FunctionalInterface
public interface AwsService {

  void handle(Exchange exchange) throws IOException;

  /** Whether it knows that a resource of its own is not there. */
  default boolean lacks(String arn) {
    return false;
  }
}
