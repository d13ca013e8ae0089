package rediscover.support.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rediscover.support.ClosedPort;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class BufferedHttpClientTest {
  private record Asked(String method, String path, List<String> header, String body, int port) {}

  private final BufferedHttpClient client = new BufferedHttpClient();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile CountDownLatch together = new CountDownLatch(1);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRequestArrivesWholeAndSoDoesTheAnswer() throws IOException {
    HttpExecuteResponse response = call(SdkHttpMethod.POST, "/a%20b?c=d", "sent");

    assertThat(asked)
        .extracting(Asked::method, Asked::path, Asked::header, Asked::body)
        .containsExactly(tuple("POST", "/a%20b?c=d", List.of("1", "2"), "sent"));
    assertThat(response.httpResponse().statusCode()).isEqualTo(200);
    assertThat(response.httpResponse().firstMatchingHeader("X-Answer")).contains("yes");
    assertThat(text(response)).isEqualTo("answered");
  }

  @Test
  void aRequestWithoutABodyHasNone() throws IOException {
    call(SdkHttpMethod.GET, "/", null);
    assertThat(asked).extracting(Asked::method).containsExactly("GET");
    assertThat(asked).extracting(Asked::body).containsExactly("");
  }

  @Test
  void anErrorsBodyIsReadToo() throws IOException {
    status = 503;
    HttpExecuteResponse response = call(SdkHttpMethod.POST, "/", "sent");
    assertThat(response.httpResponse().statusCode()).isEqualTo(503);
    assertThat(text(response)).isEqualTo("answered");
  }

  @Test
  void aRedirectionIsForTheCaller() throws IOException {
    status = 307;
    assertThat(call(SdkHttpMethod.GET, "/", null).httpResponse().statusCode()).isEqualTo(307);
    assertThat(asked).hasSize(1);
  }

  @Test
  void theNextCallTakesTheSameConnection() throws IOException {
    text(call(SdkHttpMethod.POST, "/", "one"));
    text(call(SdkHttpMethod.POST, "/", "two"));
    assertThat(asked.getFirst().port()).isEqualTo(asked.getLast().port());
  }

  @Test
  void requestsGoTogetherUpToTheBound() throws Exception {
    int bound = 7;
    BufferedHttpClient bounded = new BufferedHttpClient(bound);
    together = new CountDownLatch(bound);
    List<Future<String>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3 * bound; i++) {
        answers.add(
            threads.submit(() -> text(request(bounded, SdkHttpMethod.POST, "/", "one").call())));
      }
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo("answered"));
    assertThat(mostAtOnce).hasValue(bound);
  }

  @Test
  void theConnectionIsFreeEvenIfNobodyReadsTheAnswer() throws IOException {
    call(SdkHttpMethod.POST, "/", "one");
    call(SdkHttpMethod.POST, "/", "two");
    assertThat(asked.getFirst().port()).isEqualTo(asked.getLast().port());
  }

  @Test
  void whatWaitsForAPlaceCanBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> call(SdkHttpMethod.POST, "/", "sent"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(asked).isEmpty();
  }

  @Test
  void aServiceThatIsNotThereIsAnIoException() throws IOException {
    try (ClosedPort nobody = new ClosedPort()) {
      assertThatIOException()
          .isThrownBy(() -> request(client, SdkHttpMethod.POST, nobody.address(), "sent").call());
    }
  }

  @Test
  void anAbortedCallGivesUpItsConnection() throws IOException {
    ExecutableHttpRequest first = request(SdkHttpMethod.GET, "/", null);
    first.abort(); // nothing to give up yet
    first.call();
    first.abort();
    text(call(SdkHttpMethod.POST, "/", "two"));
    assertThat(asked.getFirst().port()).isNotEqualTo(asked.getLast().port());
  }

  private HttpExecuteResponse call(SdkHttpMethod method, String path, String body)
      throws IOException {
    return request(method, path, body).call();
  }

  private ExecutableHttpRequest request(SdkHttpMethod method, String path, String body) {
    return request(client, method, path, body);
  }

  private ExecutableHttpRequest request(
      BufferedHttpClient client, SdkHttpMethod method, String path, String body) {
    return request(
        client,
        method,
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
        body);
  }

  private static ExecutableHttpRequest request(
      BufferedHttpClient client, SdkHttpMethod method, URI address, String body) {
    HttpExecuteRequest.Builder request =
        HttpExecuteRequest.builder()
            .request(
                SdkHttpRequest.builder()
                    .uri(address)
                    .method(method)
                    .appendHeader("X-Asked", "1")
                    .appendHeader("X-Asked", "2")
                    .build());
    if (body != null) {
      request.contentStreamProvider(ContentStreamProvider.fromUtf8String(body));
    }
    return client.prepareRequest(request.build());
  }

  private void awaitOthers() {
    together.countDown();
    try {
      assertThat(together.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    try (var body = response.responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    awaitOthers();
    underWay.decrementAndGet();
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().get("X-Asked"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            exchange.getRemoteAddress().getPort()));
    // Without it, Java closes a connection that nobody uses for five seconds.
    exchange.getResponseHeaders().add("Keep-Alive", "timeout=600");
    exchange.getResponseHeaders().add("X-Answer", "yes");
    exchange.getResponseHeaders().add("Location", "https://elsewhere.invalid/");
    byte[] body = "answered".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
