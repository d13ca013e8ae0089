package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no browser makes, some of them not even HTTP. Every answer is in docs/openapi.yaml,
 * or a 4xx of the front door. It is never a 5xx.
 */
abstract class HttpFuzzScenarios {

  private static final int CASES = Integer.getInteger("fuzz.cases");
  private static final long SEED = Long.getLong("fuzz.seed");
  private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

  private final Stage stage;
  private final RawHttp http;

  HttpFuzzScenarios(Stage stage) {
    this.stage = stage;
    this.http = new RawHttp(URI.create(stage.output("ApiUrl")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST /u/sample HTTP/1.1                           | 404",
        "PUT /u/sample HTTP/1.1                            | 404",
        "DELETE /u/sample HTTP/1.1                         | 404",
        "PATCH /u/sample HTTP/1.1                          | 404",
        "HEAD /u/sample HTTP/1.1                           | 404",
        "TRACE /u/sample HTTP/1.1                          | 404",
        "get /u/sample HTTP/1.1                            | 404",
        "BREW /u/sample HTTP/1.1                           | 404",
        "OPTIONS /u/sample HTTP/1.1                        | 204",
        "GET /u HTTP/1.1                                   | 404",
        "GET /u/ HTTP/1.1                                  | 404",
        "GET /U/sample HTTP/1.1                            | 404",
        "GET //u/sample HTTP/1.1                           | 404",
        "GET /u/sample/ HTTP/1.1                           | 404",
        "GET /u/sample/likes HTTP/1.1                      | 404",
        "GET /u/../u/sample HTTP/1.1                       | 404",
        "GET /../../../../etc/passwd HTTP/1.1              | 400",
        "GET /%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1 | 400",
        "GET /u/a%00 HTTP/1.1                              | 400",
        "GET /u/sample%ZZ HTTP/1.1                         | 400",
        "GET /u/100% HTTP/1.1                              | 400",
        "GET /u/sample?after=% HTTP/1.1                    | 400",
        "GET /u/[ HTTP/1.1                                 | 400",
        "GET /u/é HTTP/1.1                                 | 400",
        "GET /u/sample                                     | 400",
        "GET                                               | 400",
        "hello                                             | 400",
        "GET http://other.example/u/sample HTTP/1.1        | 200"
      })
  void aRequestLineHasItsAnswer(String line, int status) throws IOException {
    HttpAnswer answer =
        ask(bytes(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")).orElseThrow();

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: image/png",
        "Accept-Encoding: gzip, br",
        "Content-Type: application/json",
        "Cookie: a=1; ; =; b",
        "Cookie: é=",
        "X-Forwarded-For: 127.0.0.1, é",
        "X-Empty:",
        "X-Forwarded-Host: other.example",
        "Origin: null",
        "Origin: https://other.example",
        "Authorization: Bearer secret",
        "Range: bytes=0-1",
        "If-None-Match: *",
        "Connection: Upgrade\r\nUpgrade: h2c",
      })
  void aHeaderChangesNothing(String header) throws IOException {
    HttpAnswer answer = ask(bytes("GET /u/sample" + END + header + "\r\n\r\n")).orElseThrow();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(ApiClient.CONTRACT.faults(200, answer.headers(), answer.body())).isEmpty();
  }

  /** RFC 9110: no control characters in a value (5.5), and no Upgrade without Connection (7.8). */
  @ParameterizedTest
  @ValueSource(strings = {"Cookie: a=\u0001b", "Upgrade: h2c", "no colon", ": no name"})
  void aHeaderThatCannotBeIsABadRequest(String header) throws IOException {
    HttpAnswer answer = ask(bytes("GET /u/sample" + END + header + "\r\n\r\n")).orElseThrow();

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void aLargeHeaderAndABodyChangeNothing() throws IOException {
    String header = "X-Large: " + "a".repeat(8_000) + "\r\n";
    String body = "é".repeat(500_000);
    String length = "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n";

    assertThat(ask(bytes("GET /u/sample" + END + header + length + body)))
        .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(200));
  }

  @Test
  void aBodyThatIsNotAsItsHeadersSayIsABadRequest() throws IOException {
    assertThat(ask(bytes("GET /u/sample" + END + "Transfer-Encoding: chunked\r\n\r\nnone")))
        .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(400));
  }

  @Test
  void anyRequestHasAnAnswerOfTheDocument() throws IOException {
    System.out.printf("HTTP fuzz: %d requests, seed %d (-Dfuzz.seed)%n", CASES, SEED);
    var random = new Random(SEED);
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < CASES; i++) {
      var request = FuzzedRequest.next(random);
      Optional<HttpAnswer> answer = ask(request.bytes());
      assertExpected(request, answer);
      answers.merge(answer.map(a -> "" + a.status()).orElse("hung up"), 1, Integer::sum);
    }
    System.out.printf("HTTP fuzz: answers %s%n", answers);
    assertThat(stage.get("/u/sample").status()).isEqualTo(200);
  }

  private static void assertExpected(FuzzedRequest request, Optional<HttpAnswer> answer) {
    if (!request.wellFormed()) {
      answer.ifPresent(a -> assertThat(a.status()).as("%s", request).isLessThan(500));
      return;
    }
    HttpAnswer given = answer.orElseThrow(() -> new AssertionError("no answer to " + request));
    assertThat(given.status())
        .as("the answer to %s: %s", request, given.body())
        .isIn(expected(request));
    if (request.method().equals("GET") && isOfTheApi(given)) {
      assertThat(ApiClient.CONTRACT.faults(given.status(), given.headers(), given.body()))
          .as("%s", request)
          .isEmpty();
    }
  }

  /** Neither the site's nor that of the server below, which cannot read every address. */
  private static boolean isOfTheApi(HttpAnswer answer) {
    return answer.header("content-type").filter(type -> type.contains("json")).isPresent();
  }

  private static List<Integer> expected(FuzzedRequest request) {
    URI uri;
    try {
      uri = new URI(request.target());
    } catch (URISyntaxException e) {
      return List.of(400);
    }
    String[] segments = uri.getRawPath().split("/", -1);
    if (segments.length != 3 || !segments[1].equals("u") || segments[2].isEmpty()) {
      return List.of(404, 405);
    }
    if (!request.method().equals("GET")) {
      return List.of(request.method().equals("OPTIONS") ? 204 : 404);
    }
    String name = URLDecoder.decode(segments[2].replace("+", "%2B"), UTF_8);
    boolean refused =
        !ApiClient.CONTRACT.allows("name", name)
            || request.after().filter(c -> !ApiClient.CONTRACT.allows("after", c)).isPresent();
    return refused ? List.of(400) : List.of(200, 404);
  }

  /** Asks until the throttle has let the request through. */
  private Optional<HttpAnswer> ask(byte[] request) {
    return Awaitility.await()
        .atMost(ApiClient.LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(60))
        .until(
            () -> http.send(request), answer -> answer.isEmpty() || answer.get().status() != 429);
  }

  private static byte[] bytes(String request) {
    return request.getBytes(UTF_8);
  }
}
