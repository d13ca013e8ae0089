package rediscover.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.FakeFunction;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;
import rediscover.local.application.HttpApiSpec;
import rediscover.local.application.Route;

@Isolated("it changes the locale of all")
class HttpApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SITE = "https://likes.example";

  @TempDir private Path home;

  private TestStack stack;
  private FakeFunction function;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    stack = TestStack.read(home);
    function = new FakeFunction(stack.function("RandomLikeFunction"));
    serve(spec(5, List.of(SITE)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theEventHasTheFormOfPayloadFormatTwo() throws Exception {
    send("/u/Sample", "Accept", "application/json", "Origin", SITE, "User-Agent", "a browser");

    JsonNode event = event();
    JsonNode real = JSON.readTree(Path.of("../events/http-random-like.json").toFile());
    assertThat(names(event)).isEqualTo(names(real));
    assertThat(names(event.path("requestContext"))).isEqualTo(names(real.path("requestContext")));
    assertThat(names(event.at("/requestContext/http")))
        .isEqualTo(names(real.at("/requestContext/http")));
    for (String same :
        List.of(
            "/version",
            "/routeKey",
            "/rawPath",
            "/rawQueryString",
            "/pathParameters",
            "/isBase64Encoded",
            "/headers/accept",
            "/headers/origin",
            "/requestContext/stage",
            "/requestContext/routeKey",
            "/requestContext/accountId",
            "/requestContext/http/method",
            "/requestContext/http/path",
            "/requestContext/http/protocol")) {
      assertThat(event.at(same)).as(same).isEqualTo(real.at(same));
    }
    assertThat(event.at("/requestContext/http/userAgent").asText()).isEqualTo("a browser");
    assertThat(event.at("/headers/x-forwarded-for").asText()).isEqualTo("127.0.0.1");
    assertThat(event.at("/headers/x-forwarded-port").asInt()).isEqualTo(server.address().getPort());
    assertThat(event.at("/headers/x-forwarded-proto").asText()).isEqualTo("http");
    assertThat(event.at("/requestContext/time").asText())
        .matches("\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} \\+0000");
    assertThat(event.at("/requestContext/timeEpoch").isIntegralNumber()).isTrue();
  }

  @Test
  void theForwarderOfARequestIsNamedLast() throws Exception {
    send("/u/a", "X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https");

    assertThat(event().at("/headers/x-forwarded-for").asText()).isEqualTo("203.0.113.7, 127.0.0.1");
    assertThat(event().at("/headers/x-forwarded-proto").asText()).isEqualTo("http");
  }

  @Test
  void everyAnswerNamesItsRequest() throws Exception {
    String answered = requestId(send("/u/a"));
    String notFound = requestId(server.send(server.request("/u/a").DELETE()));

    assertThat(event().at("/requestContext/requestId").asText()).isEqualTo(answered);
    assertThat(notFound).isNotEqualTo(answered);
  }

  private static String requestId(HttpResponse<String> answer) {
    return answer.headers().firstValue("apigw-requestid").orElseThrow();
  }

  @Test
  void ofTwoRoutesTheMoreSpecificOneIsTaken() throws Exception {
    stop();
    String arn = function.spec().arn();
    serve(
        spec(
            5,
            List.of(),
            List.of(
                new Route("GET", "/u/{any}/{name}", arn),
                new Route("GET", "/u/{any}/b", arn),
                new Route("GET", "/u/a/{name}", arn))));

    server.get("/u/a/b");
    server.get("/u/x/b");

    assertThat(function.events()).hasSize(2);
    assertThat(JSON.readTree(function.events().getFirst()).path("routeKey").asText())
        .isEqualTo("GET /u/a/{name}");
    assertThat(JSON.readTree(function.events().getLast()).path("routeKey").asText())
        .isEqualTo("GET /u/{any}/b");
  }

  /** Where the small letter of I is another one, and the numerals may be others too. */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab"})
  void itSpeaksNoLanguage(String language) throws Exception {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      stop();
      start();

      HttpResponse<String> answer = send("/u/a", "IF-NONE-MATCH", "I", "Origin", SITE);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(event().at("/headers/if-none-match").asText()).isEqualTo("I");
      assertThat(event().at("/requestContext/time").asText())
          .matches("[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} \\+0000");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void valuesOfTheSameNameAreJoinedByCommas() throws Exception {
    send("/u/a?after=1&x=2&after=3&flag", "X-Colour", "red", "X-Colour", "blue");

    assertThat(event().path("rawQueryString").asText()).isEqualTo("after=1&x=2&after=3&flag");
    assertThat(event().path("queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"after\":\"1,3\",\"x\":\"2\",\"flag\":\"\"}"));
    assertThat(event().at("/headers/x-colour").asText()).isEqualTo("red,blue");
  }

  @Test
  void namesThatDifferInCaseAreDifferentParameters() throws Exception {
    send("/u/a?after=1&After=2");

    assertThat(event().path("queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"after\":\"1\",\"After\":\"2\"}"));
  }

  @ParameterizedTest
  @CsvSource({"/u/a", "/u/a?", "/u/a?&"})
  void withoutAQueryThereAreNoParametersOfIt(String path) throws Exception {
    send(path);

    assertThat(event().has("queryStringParameters")).isFalse();
  }

  @Test
  void aPlusIsASpaceInAQueryAndAPlusInAPath() throws Exception {
    send("/u/a+b%20c%2B%C3%A9?after=a+b%20c%2B%C3%A9");

    assertThat(event().at("/pathParameters/name").asText()).isEqualTo("a+b c+é");
    assertThat(event().at("/queryStringParameters/after").asText()).isEqualTo("a b c+é");
  }

  @Test
  void aQueryThatIsNotUtf8IsForTheFunctionToRefuse() throws Exception {
    send("/u/a?after=%FF");

    assertThat(event().at("/queryStringParameters/after").asText()).isEqualTo("\uFFFD");
  }

  @Test
  void anEncodedSlashStaysInItsSegment() throws Exception {
    send("/u/a%2Fb");

    assertThat(event().at("/pathParameters/name").asText()).isEqualTo("a/b");
  }

  @Test
  void aLonePercentSignIsABadRequest() throws IOException {
    assertThat(server.getRaw("/u/100%")).startsWith("HTTP/1.1 400 ");
    assertThat(function.events()).isEmpty();
  }

  @Test
  void cookiesHaveAPlaceOfTheirOwnInTheEvent() throws Exception {
    send("/u/a", "Cookie", "a=1; b=2");

    assertThat(event().path("cookies")).isEqualTo(JSON.readTree("[\"a=1\",\"b=2\"]"));
    assertThat(event().path("headers").has("cookie")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, hé, false",
    "application/json; charset=utf-8, hé, false",
    "application/jsonp, aMOp, true",
    "image/png, aMOp, true"
  })
  void aBodyThatIsNoTextComesInBase64(String type, String body, boolean base64) throws Exception {
    server.send(
        server
            .request("/u/a")
            .header("Content-Type", type)
            .method("GET", BodyPublishers.ofString("hé")));

    assertThat(event().path("body").asText()).isEqualTo(body);
    assertThat(event().path("isBase64Encoded").asBoolean()).isEqualTo(base64);
  }

  @Test
  void statusHeadersAndBodyAreTheFunctionsOwn() throws Exception {
    function.will(
        FakeFunction.answer(
            """
            {"statusCode":404,"headers":{"Content-Type":"application/problem+json"},"body":"{\\"é\\":1}"}
            """));

    HttpResponse<String> answer = send("/u/nobody");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).isEqualTo("{\"é\":1}");
  }

  @Test
  void everyCookieIsSetByAHeader() throws Exception {
    function.will(
        FakeFunction.answer("{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2; Secure\"]}"));

    assertThat(send("/u/a").headers().allValues("set-cookie"))
        .containsExactlyInAnyOrder("a=1", "b=2; Secure");
  }

  @Test
  void aBodyInBase64IsDecoded() throws Exception {
    function.will(
        FakeFunction.answer("{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"aMOp\"}"));

    assertThat(send("/u/a").body()).isEqualTo("hé");
  }

  @Test
  void anAnswerMayHaveNoBody() throws Exception {
    function.will(FakeFunction.answer("{\"statusCode\":204}"));

    HttpResponse<String> answer = send("/u/a");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void anAnswerWithoutAStatusIsTheBodyItself() throws Exception {
    function.will(FakeFunction.answer("{\"tweetId\":\"20\"}"));

    HttpResponse<String> answer = send("/u/a");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body()).isEqualTo("{\"tweetId\":\"20\"}");
  }

  @Test
  void aFunctionThatFailsIsAServerErrorWithoutAReason() throws Exception {
    function.will(FakeFunction.failure());

    HttpResponse<String> answer = send("/u/a");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void withoutPermissionToInvokeItIsAServerErrorAndTheFunctionIsNotInvoked() throws Exception {
    stack
        .access()
        .switchStatement("RandomLikeFunction/RandomLikeFunctionLikeWantedPermission", false);

    HttpResponse<String> answer = send("/u/a");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    assertThat(function.events()).isEmpty();
  }

  @Test
  void anotherMethodIsNotFound() throws Exception {
    HttpResponse<String> answer = server.send(server.request("/u/a").POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/u/", "/u", "/u/a/b", "/x/u/a", "/U/a", "/"})
  void anotherPathIsNotFound(String path) throws Exception {
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(function.events()).isEmpty();
  }

  @Test
  void headIsAnsweredWithoutABody() throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/u/a").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(server.failures()).isEmpty();
  }

  @Test
  void pastTheBurstRequestsAreTooMany() throws Exception {
    stop();
    serve(spec(1, List.of(SITE)));
    send("/u/a");

    HttpResponse<String> answer = send("/u/a");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
    assertThat(function.events()).hasSize(1);
  }

  @Test
  void aPageOfTheSiteMayReadTheAnswer() throws Exception {
    HttpResponse<String> answer = send("/u/a", "Origin", SITE);

    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(SITE);
    assertThat(answer.headers().firstValue("access-control-expose-headers"))
        .contains("Retry-After");
    assertThat(answer.headers().firstValue("access-control-allow-methods")).isEmpty();
  }

  @Test
  void aPageOfAnotherOriginMayNot() throws Exception {
    assertThat(corsHeaders(send("/u/a", "Origin", "https://other.example"))).isEmpty();
    assertThat(corsHeaders(send("/u/a"))).isEmpty();
  }

  @Test
  void everyOriginMayIfTheApiSaysSo() throws Exception {
    stop();
    serve(spec(5, List.of("*")));

    assertThat(
            send("/u/a", "Origin", "https://other.example")
                .headers()
                .firstValue("access-control-allow-origin"))
        .contains("*");
  }

  @Test
  void aPreflightIsAnsweredByTheApiAlone() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/u/a")
                .header("Origin", SITE)
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(SITE);
    assertThat(answer.headers().firstValue("access-control-allow-methods")).contains("GET");
    assertThat(answer.headers().firstValue("access-control-max-age")).contains("3600");
    assertThat(function.events()).isEmpty();
  }

  @Test
  void aPreflightOfAnotherOriginAllowsNothing() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/u/a")
                .header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(corsHeaders(answer)).isEmpty();
  }

  @Test
  void whatTheFunctionSaysAboutCorsIsPassedOver() throws Exception {
    function.will(
        FakeFunction.answer(
            "{\"statusCode\":200,\"headers\":{\"access-control-allow-origin\":\"*\"}}"));

    assertThat(corsHeaders(send("/u/a", "Origin", "https://other.example"))).isEmpty();
  }

  @Test
  void withoutCorsOptionsIsARequestLikeAnyOther() throws Exception {
    stop();
    serve(spec(5, List.of()));

    assertThat(
            server
                .send(server.request("/u/a").method("OPTIONS", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(404);
  }

  private HttpApiSpec spec(int burst, List<String> origins) {
    return spec(burst, origins, stack.application().apis().getFirst().routes());
  }

  private HttpApiSpec spec(int burst, List<String> origins, List<Route> routes) {
    HttpApiSpec deployed = stack.application().apis().getFirst();
    return new HttpApiSpec(
        deployed.id(),
        deployed.arn(),
        routes,
        deployed.authorizers(),
        origins,
        deployed.allowMethods(),
        deployed.allowHeaders(),
        deployed.exposeHeaders(),
        deployed.maxAge(),
        burst,
        0); // However slow the machine is, no request more is let through.
  }

  private void serve(HttpApiSpec spec) {
    var api =
        new HttpApi(
            spec, stack.access()::refuseInvocation, Map.of(function.spec().arn(), function));
    server = new LoopbackServer(api::handle);
  }

  private HttpResponse<String> send(String path, String... headers) throws Exception {
    var request = server.request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> answer = server.send(request);
    assertThat(server.failures()).isEmpty();
    return answer;
  }

  private JsonNode event() throws IOException {
    assertThat(function.events()).hasSize(1);
    return JSON.readTree(function.events().getFirst());
  }

  private static TreeSet<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> corsHeaders(HttpResponse<String> answer) {
    return answer.headers().map().keySet().stream()
        .filter(name -> name.startsWith("access-control-"))
        .toList();
  }
}
