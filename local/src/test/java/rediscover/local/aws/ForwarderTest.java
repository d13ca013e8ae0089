package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;
import rediscover.local.http.Exchange;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForwarderTest {

  private volatile Exchange.Handler service;
  private LoopbackServer behind;
  private LoopbackServer front;

  @BeforeEach
  void start() {
    behind = new LoopbackServer(exchange -> service.handle(exchange));
    front = new LoopbackServer(new Forwarder(behind.address())::handle);
  }

  @AfterEach
  void stop() {
    front.close();
    behind.close();
  }

  @Test
  void methodPathQueryHeadersAndBodyArriveAsTheyAre() throws Exception {
    service =
        exchange -> {
          String seen =
              String.join(
                  "\n",
                  exchange.method(),
                  exchange.target(),
                  exchange.headers().getValuesList("X-Two").toString(),
                  exchange.headers().get("Content-Length"),
                  new String(exchange.body(), StandardCharsets.UTF_8));
          exchange.send(200, seen.getBytes(StandardCharsets.UTF_8));
        };

    HttpResponse<String> answer =
        front.send(
            front
                .request("/b/a%20b%2Fc%2B?x=%26&y")
                .header("X-Two", "1")
                .header("X-Two", "2")
                .PUT(BodyPublishers.ofString("hé")));

    assertThat(answer.body().lines())
        .containsExactly("PUT", "/b/a%20b%2Fc%2B?x=%26&y", "[1, 2]", "3", "hé");
  }

  @Test
  void statusAndHeadersComeBackAsTheyAre() throws Exception {
    service =
        exchange -> {
          exchange.answerHeaders().add("X-Two", "1");
          exchange.answerHeaders().add("X-Two", "2");
          exchange.answerHeaders().add("ETag", "\"tag\"");
          exchange.send(418, "no".getBytes(StandardCharsets.UTF_8));
        };

    HttpResponse<String> answer = front.get("/");

    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.headers().allValues("x-two")).containsExactly("1", "2");
    assertThat(answer.headers().firstValue("etag")).contains("\"tag\"");
    assertThat(answer.headers().allValues("content-length")).containsExactly("2");
    assertThat(answer.headers().allValues("date")).hasSize(1);
    assertThat(answer.body()).isEqualTo("no");
  }

  @Test
  void aBodyOfUnknownLengthArrives() throws Exception {
    byte[] large = new byte[1_000_000];
    new Random(1).nextBytes(large);
    service = exchange -> exchange.send(200, exchange.body());

    HttpResponse<byte[]> answer;
    try (var client = HttpClient.newHttpClient()) {
      answer =
          client.send(
              front
                  .request("/")
                  .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                  .build(),
              BodyHandlers.ofByteArray());
    }

    assertThat(answer.body()).isEqualTo(large);
  }

  @Test
  void whatTheServiceSaysArrivesBeforeItHasSaidAll() throws Exception {
    var firstHasArrived = new CountDownLatch(1);
    service =
        exchange -> {
          try (OutputStream output = exchange.open(200)) {
            output.write(new byte[20_000]);
            if (firstHasArrived.await(1, TimeUnit.MINUTES)) {
              output.write("last".getBytes(StandardCharsets.UTF_8));
            }
          }
        };

    try (var client = HttpClient.newHttpClient();
        InputStream answer =
            client.send(front.request("/").build(), BodyHandlers.ofInputStream()).body()) {
      answer.readNBytes(10_000);
      firstHasArrived.countDown();
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8)).endsWith("last");
    }
  }

  @Test
  void headKeepsTheLengthThatGetWouldHave() throws Exception {
    service =
        exchange -> {
          exchange.answerHeaders().put("Content-Length", "1234");
          exchange.open(200).close();
        };

    HttpResponse<String> answer =
        front.send(front.request("/b/k").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("content-length")).containsExactly("1234");
    assertThat(front.failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 304})
  void anAnswerMayBeEmpty(int status) throws Exception {
    service = exchange -> exchange.send(status);

    HttpResponse<String> answer = front.send(front.request("/").DELETE());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(front.failures()).isEmpty();
  }

  @Test
  void manyRequestsGoOneAfterTheOther() throws Exception {
    service = exchange -> exchange.send(200, exchange.body());

    for (int i = 0; i < 50; i++) {
      String body = i % 2 == 0 ? "" : "body " + i;
      assertThat(front.send(front.request("/").POST(BodyPublishers.ofString(body))).body())
          .isEqualTo(body);
    }
  }

  @Test
  void aRequestThatBreaksOffIsTheClientsFailure() throws Exception {
    service = exchange -> exchange.send(200, exchange.body());

    try (var client = new Socket("127.0.0.1", front.address().getPort())) {
      String request = "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc";
      client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      client.shutdownOutput();

      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aServiceThatIsGoneIsAFailure() throws Exception {
    try (var nobodyListens = new Socket()) {
      nobodyListens.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var gone = URI.create("http://127.0.0.1:" + nobodyListens.getLocalPort());
      try (var door = new LoopbackServer(new Forwarder(gone)::handle)) {
        assertThat(door.get("/").statusCode()).isEqualTo(500);

        assertThat(door.failures()).isNotEmpty().allMatch(ConnectException.class::isInstance);
      }
    }
  }
}
