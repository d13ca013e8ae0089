package rediscover.local.lambda;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.AccessControl;

/**
 * CloudWatch Logs as far as functions need it: prints an environment's lines after the function's
 * name, if the function's role allows the logging.
 *
 * @param printer takes a line's origin and the line
 */
public record FunctionLog(
    AccessControl access, String region, String accountId, BiConsumer<String, String> printer) {

  /** Starts the log stream of a new execution environment; it accepts lines. */
  Consumer<String> openStream(FunctionSpec function) {
    String stream =
        "arn:aws:logs:%s:%s:log-group:%s:log-stream:%s"
            .formatted(region, accountId, function.logging().group(), UUID.randomUUID());
    Optional<String> refusal = access.refuseCall(function.arn(), "logs:CreateLogStream", stream);
    if (refusal.isPresent()) {
      printer.accept("logs", "lines of " + function.module() + " are lost: " + refusal.get());
      return line -> {};
    }
    return line -> {
      Optional<String> refused = access.refuseCall(function.arn(), "logs:PutLogEvents", stream);
      printer.accept(
          refused.isPresent() ? "logs" : function.module(),
          refused.map(why -> "a line is lost: " + why).orElse(line));
    };
  }

  /** Prints a line of Lambda itself. */
  void say(String line) {
    printer.accept("lambda", line);
  }
}
