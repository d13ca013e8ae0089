package rediscover.local.aws;

import java.io.IOException;
import rediscover.local.application.FunctionSpec;
import rediscover.local.http.Exchange;

/**
 * What goes wrong between a function and the services that it calls, or that Lambda calls in its
 * name. Nothing does, unless a test says so.
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

  /** Is told of every process that a function is started in. */
  default void started(FunctionSpec function, ProcessHandle process) {}
}
