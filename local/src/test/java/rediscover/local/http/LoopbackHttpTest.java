package rediscover.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopbackHttpTest {

  private static final int MANY = 300;
  private static final String HOST = "Host: localhost\r\n";
  private static final String CLOSE = "Connection: close\r\n";

  private final List<String> log = new CopyOnWriteArrayList<>();
  @AutoClose private LoopbackHttp server;

  @BeforeEach
  void bind() throws IOException {
    server = LoopbackHttp.bind(0, log::add);
  }

  /** The JDK's server forgets an answer of a few bytes if it finds the request to be broken. */
  @Test
  void anAnswerArrivesWhateverComesAfterTheRequestsHeaders() throws IOException {
    server.start(exchange -> exchange.send(429, "{}".getBytes(UTF_8)));

    assertThat(
            answers("GET / HTTP/1.1\r\n" + HOST + CLOSE + "Transfer-Encoding: chunked\r\n\r\nnone"))
        .hasSize(MANY)
        .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 429 ").endsWith("{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "Transfer-Encoding: chunked, none",
    "Transfer-Encoding: chunked, '5\r\nab'",
    "Content-Length: 10, abc"
  })
  void aBodyThatIsNotAsItsHeadersSayIsABadRequest(String header, String body) throws IOException {
    server.start(exchange -> exchange.send(200, exchange.body()));

    assertThat(
            answers(
                "GET / HTTP/1.1\r\n"
                    + HOST
                    + CLOSE
                    + header
                    + "\r\n\r\n"
                    + body.translateEscapes()))
        .hasSize(MANY)
        .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 400 "));
    assertThat(log).isEmpty();
  }

  @Test
  void requestsThatComeAtOnceAreAnsweredInTheirOrder() throws IOException {
    server.start(exchange -> exchange.send(200, (exchange.target() + ";").getBytes(UTF_8)));

    String answers =
        send(
            "GET /1 HTTP/1.1\r\n"
                + HOST
                + "\r\nPOST /2 HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\n"
                + HOST
                + CLOSE
                + "\r\n");

    assertThat(answers).containsSubsequence("/1;", "/2;", "/3;");
  }

  @Test
  void aClientThatReadsNothingKeepsNobodyElseWaiting() throws Exception {
    var stalled = new CountDownLatch(1);
    server.start(
        exchange -> {
          if (exchange.target().equals("/endless")) {
            sendWithoutEnd(exchange, stalled);
          }
          exchange.send(200, "here".getBytes(UTF_8));
        });

    try (Socket _ = open("GET /endless HTTP/1.1\r\n" + HOST + "\r\n")) {
      assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(send("GET / HTTP/1.1\r\n" + HOST + CLOSE + "\r\n")).endsWith("here");
    }
  }

  /** Jetty alone does not close then, once in some hundred times. */
  @Test
  void itClosesWhileAClientThatReadsNothingLeaves() throws Exception {
    for (int i = 0; i < MANY; i++) {
      var stalled = new CountDownLatch(1);
      server.start(exchange -> sendWithoutEnd(exchange, stalled));
      try (Socket _ = open("GET / HTTP/1.1\r\n" + HOST + "\r\n")) {
        assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
      }
      server.close();
      bind();
    }
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4000, 200",
    "localhost:4000, 200",
    "[::1]:4000, 200",
    "archives.localhost:4000, 200",
    "evil.example:4000, 421",
    "127.0.0.1.evil.example, 421",
    "localhost.evil.example, 421",
    "'', 400"
  })
  void onlyTheNamesOfThisMachineAreAnswered(String host, String status) throws IOException {
    server.start(exchange -> exchange.send(200));

    assertThat(send("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE + "\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void aHeaderIsReadAsItIsWritten() throws IOException {
    server.start(
        exchange ->
            exchange.send(200, (exchange.headers().get("Authorization") + ";").getBytes(UTF_8)));

    assertThat(
            send(
                "GET / HTTP/1.1\r\n"
                    + HOST
                    + "Authorization: Bearer a\r\n\r\nGET / HTTP/1.1\r\n"
                    + HOST
                    + "Authorization: bearer A\r\n"
                    + CLOSE
                    + "\r\n"))
        .containsSubsequence("Bearer a;", "bearer A;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET / HTTP/9.9",
        "hello",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: \0",
        "GET / HTTP/1.1\r\nHost: localhost\r\nno colon",
        "GET /[ HTTP/1.1\r\nHost: localhost"
      })
  void whatIsNoRequestIsABadOne(String text) throws IOException {
    server.start(exchange -> exchange.send(200));

    assertThat(send(text + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(log).isEmpty();
  }

  @Test
  void aHandlerMayHangUp() throws IOException {
    server.start(Exchange::hangUp);

    assertThat(send("GET / HTTP/1.1\r\n" + HOST + "\r\n")).isEmpty();
    assertThat(log).isEmpty();
  }

  @Test
  void aHandlerThatFailsIsAServerErrorAndIsLogged() throws IOException {
    server.start(
        exchange -> {
          throw new IllegalStateException("a defect");
        });

    assertThat(send("GET /x HTTP/1.1\r\n" + HOST + CLOSE + "\r\n")).startsWith("HTTP/1.1 500 ");
    assertThat(log).singleElement().asString().contains("GET /x failed", "a defect");
  }

  @Test
  void aHeadRequestGetsTheHeadersAlone() throws IOException {
    server.start(exchange -> exchange.send(200, "body".getBytes(UTF_8)));

    assertThat(send("HEAD / HTTP/1.1\r\n" + HOST + CLOSE + "\r\n"))
        .contains("Content-Length: 4")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aBodyCanBeReadAgain() throws IOException {
    server.start(
        exchange -> {
          exchange.body();
          exchange.send(200, exchange.input().readAllBytes());
        });

    assertThat(send("POST / HTTP/1.1\r\n" + HOST + CLOSE + "Content-Length: 3\r\n\r\nabc"))
        .endsWith("abc");
  }

  @Test
  void whenItClosesNobodyWaitsAnyLonger() throws Exception {
    var waiting = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    server.start(
        exchange -> {
          waiting.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.countDown();
          }
        });

    try (Socket _ = open("GET / HTTP/1.1\r\n" + HOST + "\r\n")) {
      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
      server.close();

      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private List<String> answers(String request) throws IOException {
    List<String> answers = new CopyOnWriteArrayList<>();
    for (String each : Collections.nCopies(MANY, request)) {
      answers.add(send(each));
    }
    return answers;
  }

  /** Sends all at once, and nothing after it. */
  private String send(String request) throws IOException {
    try (Socket connection = open(request)) {
      connection.shutdownOutput();
      return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private Socket open(String request) throws IOException {
    var connection = new Socket("127.0.0.1", server.address().getPort());
    connection.getOutputStream().write(request.getBytes(UTF_8));
    return connection;
  }

  /** More than the buffers between the two hold. */
  private static void sendWithoutEnd(Exchange exchange, CountDownLatch begun) throws IOException {
    try (OutputStream output = exchange.open(200)) {
      for (int i = 0; i < 1_000; i++) {
        output.write(new byte[100_000]);
        begun.countDown();
      }
    }
  }
}
