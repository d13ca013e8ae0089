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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import rediscover.local.application.FunctionSpec;

/**
 * One execution environment: a JVM with AWS's runtime interface client, in the function's package,
 * with the function's environment and nothing else. It runs one invocation at a time. After a
 * timeout, a failed start or the end of its process it is never reused, as on Lambda.
 */
final class ExecutionEnvironment implements AutoCloseable {

  private static final Duration INIT_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK_FOR_ITS_END = Duration.ofMillis(100);

  /** A killed process ends at once, unless the system itself hangs. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final FunctionSpec function;
  private final int generation;
  private final RuntimeApi api;
  private final Process process;
  private final AtomicReference<CompletableFuture<Outcome>> running =
      new AtomicReference<>(new CompletableFuture<>());

  /**
   * @param generation tells it from those that were started before the function changed
   */
  ExecutionEnvironment(
      FunctionSpec function, int generation, LambdaRuntime runtime, FunctionLog log)
      throws IOException {
    this.function = function;
    this.generation = generation;
    this.api = new RuntimeApi(log::say);
    try {
      this.process = runtime.start(function, api.address());
    } catch (IOException e) {
      api.close();
      throw e;
    }
    process.onExit().thenAccept(ended -> running.get().complete(exited()));
    api.initError().thenAccept(error -> running.get().complete(new Outcome.Failed(error)));
    Thread.ofVirtual()
        .name("log of " + function.name())
        .start(() -> forwardOutput(log.openStream(function)));
  }

  /**
   * Runs one event through the handler and waits for its outcome, the function's timeout at most.
   */
  Outcome invoke(String requestId, byte[] event) throws InterruptedException {
    var outcome = new CompletableFuture<Outcome>();
    running.set(outcome);
    // What has happened before could complete only the outcome before.
    if (api.initError().isDone()) {
      outcome.complete(new Outcome.Failed(api.initError().join()));
    } else if (!process.isAlive()) {
      outcome.complete(exited());
    }
    var invocation =
        new RuntimeApi.Invocation(
            requestId, function.arn(), function.code().timeout(), event, outcome);

    long initDeadline = System.nanoTime() + INIT_LIMIT.toNanos();
    while (!api.offer(invocation, LOOK_FOR_ITS_END) && !outcome.isDone()) {
      if (System.nanoTime() > initDeadline) {
        close();
        return failure("Sandbox.Timedout", "The function did not start");
      }
    }
    try {
      return outcome.get(function.code().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      return failure(
          "Sandbox.Timedout",
          "Task timed out after " + function.code().timeout().toSeconds() + ".00 seconds");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome never completes with an exception", e);
    }
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

  private Outcome exited() {
    return failure("Runtime.ExitError", "Runtime exited with status " + process.exitValue());
  }

  /** Lambda's own error document, for what is not the runtime's to say. */
  static Outcome failure(String type, String message) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("errorType", type).put("errorMessage", message);
    return new Outcome.Failed(document.toString().getBytes(StandardCharsets.UTF_8));
  }
}
