package rediscover.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's runtime API for one process, which takes the time of each answer. It also plays the
 * restore of a snapshot, and gives credentials the way a restored environment gets them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final SynchronousQueue<Invocation> next = new SynchronousQueue<>();
  private final CompletableFuture<Long> restored = new CompletableFuture<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private volatile Invocation current;

  /** An event on its way, and the time that its answer took. */
  private static final class Invocation {
    final byte[] event;
    final CompletableFuture<Long> time = new CompletableFuture<>();
    long handedOut;
    String answer = "";

    Invocation(byte[] event) {
      this.event = event;
    }
  }

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(handlers);
    server.createContext(PREFIX, this::handle);
    server.createContext("/credentials", RuntimeApi::giveCredentials);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** When the runtime was told that it is a copy, by {@link System#nanoTime}. */
  long awaitRestored() throws IOException, InterruptedException {
    return await(restored);
  }

  /** When the runtime first asked for an event, by {@link System#nanoTime}. */
  long awaitReady() throws IOException, InterruptedException {
    return await(ready);
  }

  /** From the handing out of the event to its answer, in nanoseconds. */
  long invoke(byte[] event) throws IOException, InterruptedException {
    Invocation invocation = new Invocation(event);
    if (!next.offer(invocation, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("asks for no event");
    }
    return await(invocation.time);
  }

  String lastAnswer() {
    return current.answer;
  }

  /** Ends all waiting. */
  void fail(IOException failure) {
    restored.completeExceptionally(failure);
    ready.completeExceptionally(failure);
    if (current != null) {
      current.time.completeExceptionally(failure);
    }
  }

  private static long await(CompletableFuture<Long> time) throws IOException, InterruptedException {
    try {
      return time.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + LIMIT.toSeconds() + " s", e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
      switch (path) {
        case "invocation/next" -> {
          ready.complete(now);
          sendEvent(exchange, next.take());
        }
        case "restore/next" -> {
          restored.complete(System.nanoTime());
          exchange.sendResponseHeaders(200, -1);
        }
        default -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
          if (path.endsWith("/response")) {
            current.answer = body;
            current.time.complete(now - current.handedOut);
          } else {
            fail(new IOException(path + ": " + body));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendEvent(HttpExchange exchange, Invocation invocation) throws IOException {
    current = invocation;
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", "request-" + System.nanoTime());
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:123456789012:function:measured");
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
    invocation.handedOut = System.nanoTime();
    exchange.sendResponseHeaders(200, invocation.event.length);
    exchange.getResponseBody().write(invocation.event);
  }

  private static void giveCredentials(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] credentials =
          """
          {"AccessKeyId":"restored","SecretAccessKey":"secret","Token":"token","Expiration":"%s"}"""
              .formatted(Instant.now().plusSeconds(3600))
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, credentials.length);
      exchange.getResponseBody().write(credentials);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    // One of them waits for an event that will not come.
    handlers.shutdownNow();
  }
}
