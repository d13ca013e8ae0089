package rediscover.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import rediscover.local.application.FunctionSpec;

/**
 * One execution environment: a JVM with AWS's runtime interface client, in the function's package,
 * with the function's environment and nothing else. It runs one invocation at a time. After a
 * timeout, a failed start or the end of its process it is never reused, as on Lambda.
 */
final class ExecutionEnvironment implements AutoCloseable {

  /**
   * What Lambda gives a function with SnapStart whose own timeout is shorter.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Lambda's
   *     init phase</a>
   */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(130);

  private static final Duration LOOK_FOR_ITS_END = Duration.ofMillis(100);

  /** A killed process ends at once, unless the system itself hangs. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final FunctionSpec function;
  private final int generation;
  private final FunctionLog log;
  private final RuntimeApi api;
  private final Process process;
  private final CompletableFuture<Process> exit;

  /**
   * @param generation tells it from those that were started before the function changed
   */
  ExecutionEnvironment(
      FunctionSpec function, int generation, LambdaRuntime runtime, FunctionLog log)
      throws IOException {
    this.function = function;
    this.generation = generation;
    this.log = log;
    this.api = new RuntimeApi(log::say);
    try {
      this.process = runtime.start(function, api.address());
    } catch (IOException e) {
      api.close();
      throw e;
    }
    this.exit = process.onExit();
    Thread.ofVirtual()
        .name("log of " + function.name())
        .start(() -> forwardOutput(log.openStream(function)));
  }

  /**
   * Runs one event through the handler and waits for its outcome, the function's timeout at most.
   */
  Outcome invoke(String requestId, byte[] event) throws InterruptedException {
    Duration timeout = function.code().timeout();
    var answer = new CompletableFuture<Outcome>();
    var invocation = new RuntimeApi.Invocation(requestId, function.arn(), timeout, event, answer);
    var end = CompletableFuture.anyOf(answer, api.initError(), exit);

    long initDeadline = System.nanoTime() + INIT_LIMIT.toNanos();
    while (!end.isDone() && !api.offer(invocation, LOOK_FOR_ITS_END)) {
      if (System.nanoTime() > initDeadline) {
        close();
        return failed(
            "Sandbox.Timedout",
            "The function did not start within " + INIT_LIMIT.toSeconds() + " seconds");
      }
    }
    try {
      end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      return failed(
          "Sandbox.Timedout", "Task timed out after " + timeout.toSeconds() + ".00 seconds");
    } catch (ExecutionException e) {
      throw new IllegalStateException("none of the three completes with an exception", e);
    }
    // A runtime may end as soon as it has answered.
    if (answer.isDone()) {
      return answer.join();
    }
    if (api.initError().isDone()) {
      return new Outcome.Failed(api.initError().join());
    }
    return failed("Runtime.ExitError", "Runtime exited with status " + process.exitValue());
  }

  /** Whether it can take another invocation. */
  boolean usable() {
    // The handle asks the system; the process object learns of its end a moment later.
    return process.toHandle().isAlive() && process.isAlive() && !api.initError().isDone();
  }

  int generation() {
    return generation;
  }

  long pid() {
    return process.pid();
  }

  /** Returns when the process has ended: on Windows it locks its folder and its jars until then. */
  @Override
  public void close() {
    // Through the handle, so that the last lines of its log can still be read.
    ProcessHandle handle = process.toHandle();
    handle.destroyForcibly();
    api.close();
    handle.onExit().completeOnTimeout(handle, END_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void forwardOutput(Consumer<String> stream) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().filter(line -> !line.isBlank()).forEach(stream);
    } catch (IOException | UncheckedIOException e) {
      stream.accept("the log ended: " + e.getMessage());
    }
  }

  /** The handler cannot say this in the function's log, so Lambda does. */
  private Outcome failed(String type, String message) {
    log.say(function.module() + ": " + message);
    return failure(type, message);
  }

  /** Lambda's own error document, for what is not the runtime's to say. */
  static Outcome failure(String type, String message) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("errorType", type).put("errorMessage", message);
    return new Outcome.Failed(document.toString().getBytes(StandardCharsets.UTF_8));
  }
}
