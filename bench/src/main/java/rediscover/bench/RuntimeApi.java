package rediscover.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's runtime API for one process: hands out the same event a number of times and takes the
 * time of each answer. It also plays the restore of a snapshot, and gives credentials the way a
 * restored environment gets them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final byte[] event;
  private final int invocations;
  private final CompletableFuture<Long> first = new CompletableFuture<>();
  private final CountDownLatch firstTaken = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final List<Long> times = new ArrayList<>();
  private volatile long restored;
  private volatile long handedOut;
  private volatile String lastAnswer = "";
  private int count;

  RuntimeApi(byte[] event, int invocations) throws IOException {
    this.event = event;
    this.invocations = invocations;
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(handlers);
    server.createContext(PREFIX, this::handle);
    server.createContext("/credentials", RuntimeApi::giveCredentials);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** When the first answer came, by {@link System#nanoTime}. */
  long awaitFirst(Duration limit) throws IOException, InterruptedException {
    try {
      return first.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + limit.toSeconds() + " s", e);
    }
  }

  /** Lets the other invocations begin, and returns the time of each when all are done. */
  List<Long> rest(Duration limit) throws IOException, InterruptedException {
    firstTaken.countDown();
    if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("no answer within " + limit.toSeconds() + " s");
    }
    return List.copyOf(times);
  }

  /** When the runtime was told that it is a copy, by {@link System#nanoTime}; 0 if it was not. */
  long restored() {
    return restored;
  }

  String lastAnswer() {
    return lastAnswer;
  }

  private void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
      switch (path) {
        case "invocation/next" -> sendEvent(exchange);
        case "restore/next" -> {
          restored = System.nanoTime();
          exchange.sendResponseHeaders(200, -1);
        }
        default -> {
          lastAnswer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (path.endsWith("/response")) {
            take(now);
          } else {
            first.completeExceptionally(new IOException(path + ": " + lastAnswer));
            done.countDown();
          }
          exchange.sendResponseHeaders(202, -1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(long now) {
    if (!first.complete(now)) {
      times.add(now - handedOut);
    }
  }

  private void sendEvent(HttpExchange exchange) throws IOException, InterruptedException {
    if (count == 1) {
      firstTaken.await();
    }
    if (count++ == invocations) {
      done.countDown();
      new CountDownLatch(1).await();
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", "request-" + count);
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:123456789012:function:measured");
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
    handedOut = System.nanoTime();
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
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
    handlers.shutdownNow();
  }
}
