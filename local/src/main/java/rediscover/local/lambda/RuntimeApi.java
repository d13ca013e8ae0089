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
 * Lambda's runtime API for one execution environment: the runtime in it asks for the next
 * invocation, and posts an answer or an error.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

  /** One event on its way to the runtime, and the place where its outcome is put. */
  record Invocation(
      String requestId,
      String functionArn,
      Duration timeout,
      byte[] event,
      CompletableFuture<Outcome> outcome) {}

  private static final String PREFIX = "/2018-06-01/runtime/";

  private final LoopbackHttp server;
  private final SynchronousQueue<Invocation> next = new SynchronousQueue<>();
  private final AtomicReference<Invocation> current = new AtomicReference<>();
  private final CompletableFuture<byte[]> initError = new CompletableFuture<>();

  RuntimeApi(Consumer<String> log) throws IOException {
    server = LoopbackHttp.bind(0, log);
    server.start(this::handle);
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} says inside the environment. */
  String address() {
    return server.address().getAuthority();
  }

  /** Completes with the runtime's error document if the handler could not be constructed. */
  CompletableFuture<byte[]> initError() {
    return initError;
  }

  /** Hands an event over if the runtime asks for one within {@code patience}. */
  boolean offer(Invocation invocation, Duration patience) throws InterruptedException {
    return next.offer(invocation, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void handle(Exchange exchange) throws IOException, InterruptedException {
    if (!ThisMachine.isAskedByAProgram(exchange.headers()::get)) {
      exchange.send(ThisMachine.MISDIRECTED);
      return;
    }
    String path = exchange.uri().getPath().replaceFirst("^" + PREFIX, "");
    switch (exchange.method() + " " + path.replaceFirst("/[^/]+/", "/{id}/")) {
      case "GET invocation/next" -> sendNext(exchange);
      case "POST invocation/{id}/response" -> finish(exchange, path, true);
      case "POST invocation/{id}/error" -> finish(exchange, path, false);
      case "POST init/error" -> {
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
    exchange.send(200, invocation.event());
  }

  private void finish(Exchange exchange, String path, boolean answered) throws IOException {
    byte[] payload = exchange.body();
    Invocation invocation = current.get();
    if (invocation == null || !path.split("/")[1].equals(invocation.requestId())) {
      exchange.send(400);
      return;
    }
    exchange.send(202);
    invocation
        .outcome()
        .complete(answered ? new Outcome.Answered(payload) : new Outcome.Failed(payload));
  }

  @Override
  public void close() {
    server.close();
  }
}
