package rediscover.local.aws;

import java.io.IOException;
import rediscover.local.application.FunctionSpec;
import rediscover.local.http.Exchange;

/**
 * Lets tests break calls between a function and a service, or calls that Lambda makes for a
 * function.
 */
@FunctionalInterface
public interface Faults {

  Faults NONE = (caller, name, service, exchange) -> service.handle(exchange);

  /**
   * Hands a call that is allowed over to its service, or does something else with it.
   *
   * @param name of the service, such as {@code sqs}
   */
  void pass(FunctionSpec caller, String name, AwsService service, Exchange exchange)
      throws IOException;

  /** Receives every process of a function. */
  default void started(FunctionSpec function, ProcessHandle process) {}
}
