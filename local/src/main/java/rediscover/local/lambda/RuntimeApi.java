package rediscover.local.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import rediscover.local.http.Exchange;
import rediscover.local.http.LoopbackHttp;
import rediscover.local.http.ThisMachine;

/**
 * Lambda's Runtime API for one execution environment: its runtime asks for the next invocation and
 * posts a response or an error.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
public final class RuntimeApi implements AutoCloseable {

  /** An event for the runtime, and the future that its outcome completes. */
  public record Invocation(
      String requestId,
      String functionArn,
      Duration timeout,
      byte[] event,
      CompletableFuture<Outcome> outcome) {}

  private static final String PREFIX = "/2018-06-01/runtime/";

  private final LoopbackHttp server;
  private final SynchronousQueue<Invocation> next = new SynchronousQueue<>();
  private final AtomicReference<Invocation> current = new AtomicReference<>();
  private final CompletableFuture<Long> restored = new CompletableFuture<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<byte[]> initError = new CompletableFuture<>();
  private volatile long handedOut;
  private volatile long duration;

  public RuntimeApi(Consumer<String> log) throws IOException {
    server = LoopbackHttp.bind(0, log);
    server.start(this::handle);
  }

  /** The environment's {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return server.address().getAuthority();
  }

  /** Completes with the {@link System#nanoTime} at which the runtime learned of its restore. */
  public CompletableFuture<Long> restored() {
    return restored;
  }

  /** Completes with the {@link System#nanoTime} at which the runtime first asked for an event. */
  public CompletableFuture<Long> ready() {
    return ready;
  }

  /** Completes with the runtime's error document if the function could not be initialized. */
  public CompletableFuture<byte[]> initError() {
    return initError;
  }

  /** Nanoseconds from handing out the last event that has an outcome to that outcome. */
  public long duration() {
    return duration;
  }

  /** Hands over an event if the runtime asks for one within {@code patience}. */
  public boolean offer(Invocation invocation, Duration patience) throws InterruptedException {
    return next.offer(invocation, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void handle(Exchange exchange) throws IOException, InterruptedException {
    long now = System.nanoTime();
    if (!ThisMachine.isAskedByAProgram(exchange.headers()::get)) {
      exchange.send(ThisMachine.MISDIRECTED);
      return;
    }
    String path = exchange.uri().getPath().replaceFirst("^" + PREFIX, "");
    switch (exchange.method() + " " + path.replaceFirst("/[^/]+/", "/{id}/")) {
      case "GET restore/next" -> {
        restored.complete(now);
        exchange.send(200);
      }
      case "GET invocation/next" -> {
        ready.complete(now);
        sendNext(exchange);
      }
      case "POST invocation/{id}/response" -> finish(exchange, path, now, true);
      case "POST invocation/{id}/error" -> finish(exchange, path, now, false);
      case "POST init/error", "POST restore/error" -> {
        initError.complete(exchange.body());
        exchange.send(202);
      }
      default -> exchange.send(404);
    }
  }

  private void sendNext(Exchange exchange) throws IOException, InterruptedException {
    Invocation invocation = next.take();
    current.set(invocation);
    var headers = exchange.answerHeaders();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    long deadline = System.currentTimeMillis() + invocation.timeout().toMillis();
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.put("Lambda-Runtime-Trace-Id", "Root=" + invocation.requestId() + ";Sampled=0");
    handedOut = System.nanoTime();
    exchange.send(200, invocation.event());
  }

  private void finish(Exchange exchange, String path, long now, boolean answered)
      throws IOException {
    byte[] payload = exchange.body();
    Invocation invocation = current.get();
    if (invocation == null || !path.split("/")[1].equals(invocation.requestId())) {
      exchange.send(400);
      return;
    }
    exchange.send(202);
    duration = now - handedOut;
    invocation
        .outcome()
        .complete(answered ? new Outcome.Answered(payload) : new Outcome.Failed(payload));
  }

  @Override
  public void close() {
    server.close();
  }
}
