package rediscover.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import rediscover.local.application.Application;
import rediscover.local.application.FunctionSpec;
import rediscover.local.client.AwsException;
import rediscover.local.client.JsonClient;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.Source;

/**
 * Asynchronous invocation: accepts an event at once, retries a failed invocation, and sends what
 * still fails to the function's on-failure destination. Accepted events outlive the run. The next
 * run starts their attempts again, so an event may run more than once.
 *
 * <p>Lambda waits one minute before the first retry and two before the second. Here it is seconds:
 * nobody learns from waiting.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     how Lambda handles errors and retries</a>
 */
public final class AsyncInvocations implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lambda waits a minute before the first retry. */
  public static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Application application;
  private final Map<String, ? extends Invocable> functions;
  private final AcceptedEvents accepted;
  private final AccessControl access;
  private final JsonClient sqs;
  private final Consumer<String> log;
  private final Duration firstPause;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("event ", 1).factory());

  /**
   * @param functions by ARN
   * @param accepted keeps the events
   * @param firstPause before the first retry; the second waits twice as long
   */
  public AsyncInvocations(
      Application application,
      Map<String, ? extends Invocable> functions,
      AcceptedEvents accepted,
      AccessControl access,
      JsonClient sqs,
      Consumer<String> log,
      Duration firstPause) {
    this.application = application;
    this.functions = functions;
    this.accepted = accepted;
    this.access = access;
    this.sqs = sqs;
    this.log = log;
    this.firstPause = firstPause;
  }

  /** Goes on with what the last run had accepted and was not done with. */
  public void resume() throws IOException {
    for (AcceptedEvents.Event event : accepted.all()) {
      if (functions.containsKey(event.functionArn())) {
        start(event);
      } else {
        log.accept("an event waits for " + event.functionArn() + ", which no template has");
      }
    }
  }

  /**
   * Accepts an event for a function and returns; from then on the event is safe.
   *
   * @return whether the function's resource-based policy lets the source invoke it
   * @throws IOException if the event could not be kept, and so was not accepted
   */
  public boolean invoke(Source source, String functionArn, byte[] event) throws IOException {
    Optional<String> refusal = access.refuseInvocation(functionArn, source);
    if (refusal.isPresent()) {
      log.accept(refusal.get());
      return false;
    }
    start(accepted.add(functionArn, event));
    return true;
  }

  /** Leaves what is under way to the next run. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void start(AcceptedEvents.Event event) {
    threads.execute(() -> invokeUntilDone(functions.get(event.functionArn()), event));
  }

  private void invokeUntilDone(Invocable function, AcceptedEvents.Event event) {
    int attempts = 1 + function.spec().asynchronous().retries();
    try {
      Outcome outcome = attempt(function, event);
      for (int attempt = 1; attempt < attempts && outcome instanceof Outcome.Failed; attempt++) {
        Thread.sleep(firstPause.multipliedBy(attempt));
        outcome = attempt(function, event);
      }
      if (outcome instanceof Outcome.Failed failure) {
        giveUp(function.spec(), event, failure, attempts);
      }
      accepted.remove(event);
    } catch (IOException | RuntimeException e) {
      log.accept("an event for %s waits for the next run: %s".formatted(function.spec().name(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Outcome attempt(Invocable function, AcceptedEvents.Event event)
      throws InterruptedException {
    try {
      return function.invoke(event.requestId(), event.payload());
    } catch (IOException e) {
      return ExecutionEnvironment.failure("Sandbox.NotStarted", e.toString());
    }
  }

  /** Hands the event over to the destination; only one that refuses it can lose it. */
  private void giveUp(
      FunctionSpec function, AcceptedEvents.Event event, Outcome.Failed failure, int attempts)
      throws IOException, InterruptedException {
    Optional<String> queue = function.asynchronous().onFailure();
    if (queue.isEmpty()) {
      log.accept("an event for " + function.name() + " failed and has no destination");
      return;
    }
    Map<String, Object> message =
        Map.of(
            "QueueUrl",
            application.queue(queue.get()).url(),
            "MessageBody",
            invocationRecord(function, event, failure, attempts).toString());
    while (!isTaken(function, message)) {
      Thread.sleep(firstPause);
    }
  }

  /** Returns whether the destination has decided, either way. */
  private boolean isTaken(FunctionSpec function, Map<String, Object> message)
      throws InterruptedException {
    try {
      sqs.call(function.session(), "SendMessage", message);
      return true;
    } catch (AwsException e) {
      if (!e.isPassing()) {
        log.accept("an event for " + function.name() + " is lost: " + e.getMessage());
      }
      return !e.isPassing();
    } catch (IOException e) {
      log.accept("an event for " + function.name() + " waits for its destination: " + e);
      return false;
    }
  }

  private static ObjectNode invocationRecord(
      FunctionSpec function, AcceptedEvents.Event event, Outcome.Failed failure, int attempts)
      throws IOException {
    ObjectNode invocationRecord = JSON.createObjectNode();
    invocationRecord.put("version", "1.0").put("timestamp", Instant.now().toString());
    invocationRecord
        .putObject("requestContext")
        .put("requestId", event.requestId())
        .put("functionArn", function.arn() + ":$LATEST")
        .put("condition", "RetriesExhausted")
        .put("approximateInvokeCount", attempts);
    invocationRecord.set("requestPayload", JSON.readTree(event.payload()));
    invocationRecord
        .putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", "$LATEST")
        .put("functionError", "Unhandled");
    invocationRecord.set("responsePayload", JSON.readTree(failure.payload()));
    return invocationRecord;
  }
}
