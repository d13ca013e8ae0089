package rediscover.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final SynchronousQueue<Invocation> next = new SynchronousQueue<>();
  private final AtomicReference<Invocation> current = new AtomicReference<>();
  private final CompletableFuture<byte[]> initError = new CompletableFuture<>();

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(handlers);
    server.createContext(PREFIX, this::handle);
    server.start();
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} says inside the environment. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Completes with the runtime's error document if the handler could not be constructed. */
  CompletableFuture<byte[]> initError() {
    return initError;
  }

  /** Hands an event over if the runtime asks for one within {@code patience}. */
  boolean offer(Invocation invocation, Duration patience) throws InterruptedException {
    return next.offer(invocation, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
      switch (exchange.getRequestMethod() + " " + path.replaceFirst("/[^/]+/", "/{id}/")) {
        case "GET invocation/next" -> sendNext(exchange);
        case "POST invocation/{id}/response" -> finish(exchange, path, true);
        case "POST invocation/{id}/error" -> finish(exchange, path, false);
        case "POST init/error" -> {
          initError.complete(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(202, -1);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendNext(HttpExchange exchange) throws IOException, InterruptedException {
    Invocation invocation = next.take();
    current.set(invocation);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    long deadline = System.currentTimeMillis() + invocation.timeout().toMillis();
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.set("Lambda-Runtime-Trace-Id", "Root=" + invocation.requestId() + ";Sampled=0");
    exchange.sendResponseHeaders(200, invocation.event().length);
    exchange.getResponseBody().write(invocation.event());
  }

  private void finish(HttpExchange exchange, String path, boolean answered) throws IOException {
    byte[] payload = exchange.getRequestBody().readAllBytes();
    Invocation invocation = current.get();
    if (invocation == null || !path.split("/")[1].equals(invocation.requestId())) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
    invocation
        .outcome()
        .complete(answered ? new Outcome.Answered(payload) : new Outcome.Failed(payload));
  }

  @Override
  public void close() {
    server.stop(0);
    // One of them waits for an event that will not come.
    handlers.shutdownNow();
  }
}
