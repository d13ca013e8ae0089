package rediscover.local.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A function of the template.
 *
 * @param module the folder below functions/ that builds it; also its name in logs
 * @param code what runs when it is invoked
 * @param asynchronous how Lambda handles its asynchronous invocations
 * @param session the keys that its AWS clients sign with
 */
public record FunctionSpec(
    String logicalId,
    String name,
    String arn,
    String module,
    Code code,
    Logging logging,
    Asynchronous asynchronous,
    SessionKey session) {

  /**
   * What runs, and how much of the machine it gets.
   *
   * @param directory the unpacked package: classes and lib/
   * @param timeout of one invocation
   */
  public record Code(
      Path directory,
      String handler,
      int memoryMegabytes,
      Duration timeout,
      Map<String, String> environment) {}

  /**
   * @param level lines below it are left out
   */
  public record Logging(String group, String format, Optional<String> level) {}

  /**
   * @param retries after a failed invocation
   * @param onFailure ARN of the queue that takes an event whose last attempt failed
   */
  public record Asynchronous(int retries, Optional<String> onFailure) {}

  /** The same function with other code. */
  public FunctionSpec with(Code other) {
    return new FunctionSpec(logicalId, name, arn, module, other, logging, asynchronous, session);
  }

  /** The same function with other asynchronous invocations. */
  public FunctionSpec with(Asynchronous other) {
    return new FunctionSpec(logicalId, name, arn, module, code, logging, other, session);
  }
}
