package rediscover.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import rediscover.local.application.Application;
import rediscover.local.application.FunctionSpec;
import rediscover.local.client.JsonClient;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.Source;

/**
 * Asynchronous invocation: the event is accepted at once, a failed invocation is tried again, and
 * what still fails goes to the function's on-failure destination.
 *
 * <p>Lambda waits a minute before the first and two before the second retry. Here it is seconds:
 * nobody learns anything from waiting.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     how Lambda handles errors and retries</a>
 */
public final class AsyncInvocations {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Application application;
  private final Map<String, ? extends Invocable> functions;
  private final AccessControl access;
  private final JsonClient sqs;
  private final Consumer<String> log;
  private final Duration firstPause;

  /**
   * @param functions by ARN
   */
  public AsyncInvocations(
      Application application,
      Map<String, ? extends Invocable> functions,
      AccessControl access,
      JsonClient sqs,
      Consumer<String> log) {
    this(application, functions, access, sqs, log, FIRST_PAUSE);
  }

  /** The same with another pause before the first retry. */
  AsyncInvocations(
      Application application,
      Map<String, ? extends Invocable> functions,
      AccessControl access,
      JsonClient sqs,
      Consumer<String> log,
      Duration firstPause) {
    this.application = application;
    this.functions = functions;
    this.access = access;
    this.sqs = sqs;
    this.log = log;
    this.firstPause = firstPause;
  }

  /**
   * Accepts an event for a function and returns.
   *
   * @return whether the function's resource-based policy lets the source invoke it
   */
  public boolean invoke(Source source, String functionArn, byte[] event) {
    Optional<String> refusal = access.refuseInvocation(functionArn, source);
    if (refusal.isPresent()) {
      log.accept(refusal.get());
      return false;
    }
    Invocable function = functions.get(functionArn);
    Thread.ofVirtual()
        .name("event for " + function.spec().name())
        .start(() -> invokeUntilDone(function, event));
    return true;
  }

  private void invokeUntilDone(Invocable function, byte[] event) {
    int attempts = 1 + function.spec().retries();
    try {
      Outcome outcome = function.invoke(event);
      for (int attempt = 1; attempt < attempts && outcome instanceof Outcome.Failed; attempt++) {
        Thread.sleep(firstPause.multipliedBy(attempt));
        outcome = function.invoke(event);
      }
      if (outcome instanceof Outcome.Failed failure) {
        sendToDestination(function.spec(), event, failure, attempts);
      }
    } catch (IOException e) {
      log.accept("an event for " + function.spec().name() + " is lost: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendToDestination(
      FunctionSpec function, byte[] event, Outcome.Failed failure, int attempts)
      throws IOException, InterruptedException {
    if (function.onFailure().isEmpty()) {
      log.accept("an event for " + function.name() + " failed and has no destination");
      return;
    }
    Map<String, Object> invocationRecord = new LinkedHashMap<>();
    invocationRecord.put("version", "1.0");
    invocationRecord.put("timestamp", Instant.now().toString());
    invocationRecord.put(
        "requestContext",
        Map.of(
            "requestId",
            UUID.randomUUID().toString(),
            "functionArn",
            function.arn() + ":$LATEST",
            "condition",
            "RetriesExhausted",
            "approximateInvokeCount",
            attempts));
    invocationRecord.put("requestPayload", JSON.readTree(event));
    invocationRecord.put(
        "responseContext",
        Map.of("statusCode", 200, "executedVersion", "$LATEST", "functionError", "Unhandled"));
    invocationRecord.put("responsePayload", JSON.readTree(failure.payload()));
    sqs.call(
        function.session(),
        "SendMessage",
        Map.of(
            "QueueUrl",
            application.queue(function.onFailure().get()).url(),
            "MessageBody",
            JSON.writeValueAsString(invocationRecord)));
  }
}
