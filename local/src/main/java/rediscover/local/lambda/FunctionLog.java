package rediscover.local.lambda;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.AccessControl;

/**
 * CloudWatch Logs as far as a function needs it: what an environment writes appears with the
 * function's name in front, if its role lets Lambda write it down.
 */
public final class FunctionLog {

  /** Takes a line and who says it. */
  @FunctionalInterface
  public interface Printer {
    void print(String who, String line);
  }

  private final AccessControl access;
  private final String region;
  private final String accountId;
  private final Printer printer;

  public FunctionLog(AccessControl access, String region, String accountId, Printer printer) {
    this.access = access;
    this.region = region;
    this.accountId = accountId;
    this.printer = printer;
  }

  /** Starts the log stream of a new execution environment; what it takes are lines. */
  Consumer<String> openStream(FunctionSpec function) {
    String stream =
        "arn:aws:logs:%s:%s:log-group:%s:log-stream:%s"
            .formatted(region, accountId, function.logGroup(), UUID.randomUUID());
    Optional<String> refusal = access.refuseCall(function.arn(), "logs:CreateLogStream", stream);
    if (refusal.isPresent()) {
      printer.print("logs", "what " + function.module() + " says is lost: " + refusal.get());
      return line -> {};
    }
    return line -> {
      Optional<String> refused = access.refuseCall(function.arn(), "logs:PutLogEvents", stream);
      printer.print(
          refused.isPresent() ? "logs" : function.module(),
          refused.map(why -> "a line is lost: " + why).orElse(line));
    };
  }

  /** Says something of Lambda itself. */
  void say(String line) {
    printer.print("lambda", line);
  }
}
