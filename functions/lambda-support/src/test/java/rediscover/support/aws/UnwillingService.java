package rediscover.support.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import rediscover.support.Environment;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * An AWS service on loopback that always fails in one way. It answers a request that does not
 * contain {@link #about} with {@code {}}.
 */
public final class UnwillingService implements AutoCloseable {
  /** What it does. */
  public enum Mood {
    /** Says each time that there are too many requests. */
    THROTTLES,
    /** Takes the request and never answers. */
    HANGS,
    /** Says each time that something broke. */
    FAILS
  }

  private final HttpServer server;
  private final Mood mood;
  private final String about;
  private final List<String> answered = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param about whatever contains this, is dealt with according to the mood
   */
  public UnwillingService(Mood mood, String about) {
    this.mood = mood;
    this.about = about;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** The bodies of the requests that it has answered as asked. */
  public List<String> answered() {
    return List.copyOf(answered);
  }

  /** A client as the functions have it, but for the address. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      Supplier<B> builder) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Environment environment = new Environment(Map.of("AWS_REGION", "test-1"));
    return new ServiceClients(environment)
        .build("test", () -> builder.get().endpointOverride(address));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request =
        exchange.getRequestURI() + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (!request.contains(about)) {
      answered.add(request);
      answer(exchange, 200, "{}");
      return;
    }
    switch (mood) {
      case THROTTLES -> answer(exchange, 400, "{\"__type\":\"ThrottlingException\"}");
      case FAILS -> answer(exchange, 500, "{\"__type\":\"InternalServerError\"}");
      case HANGS -> hang(exchange);
    }
  }

  private void hang(HttpExchange exchange) {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
