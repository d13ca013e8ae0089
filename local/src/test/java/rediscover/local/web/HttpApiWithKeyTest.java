package rediscover.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.FakeFunction;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;
import rediscover.local.application.HttpApiSpec;

/** The API where an authorizer stands before its route. */
class HttpApiWithKeyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEARER = "Bearer 0123456789abcdef0123456789abcdef";

  @TempDir private Path home;

  private TestStack stack;
  private FakeFunction function;
  private FakeFunction checker;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    stack = TestStack.readWithKey(home);
    function = new FakeFunction(stack.function("RandomLikeFunction"));
    function.will(FakeFunction.answer("{\"statusCode\":200,\"body\":\"a like\"}"));
    checker = new FakeFunction(stack.function("KeyCheckerFunction"));
    serve(stack.application().apis().getFirst());
  }

  private void serve(HttpApiSpec spec) {
    var api =
        new HttpApi(
            spec,
            stack.access()::refuseInvocation,
            Map.of(function.spec().arn(), function, checker.spec().arn(), checker));
    server = new LoopbackServer(api::handle);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAuthorizedRequestIsAnswered() throws Exception {
    checker.will(FakeFunction.answer("{\"isAuthorized\":true}"));

    HttpResponse<String> answer = send("/u/Sample", BEARER);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("a like");
  }

  @Test
  void withoutTheHeaderNobodyIsAsked() throws Exception {
    HttpResponse<String> answer = server.get("/u/Sample");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(checker.events()).isEmpty();
    assertThat(function.events()).isEmpty();
  }

  @Test
  void anUnauthorizedRequestIsRefused() throws Exception {
    checker.will(FakeFunction.answer("{\"isAuthorized\":false}"));

    HttpResponse<String> answer = send("/u/Sample", BEARER);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(function.events()).isEmpty();
  }

  @Test
  void anAuthorizerThatFailsLetsNobodyIn() throws Exception {
    checker.will(FakeFunction.failure());

    assertThat(send("/u/Sample", BEARER).statusCode()).isEqualTo(500);
    assertThat(function.events()).isEmpty();
  }

  @Test
  void thePolicyOfTheAuthorizersFunctionIsAsked() throws Exception {
    checker.will(FakeFunction.answer("{\"isAuthorized\":true}"));
    stack.access().switchStatement("KeyCheckerFunction/KeyCheckerPermission", false);

    assertThat(send("/u/Sample", BEARER).statusCode()).isEqualTo(500);
    assertThat(checker.events()).isEmpty();
  }

  @Test
  void theEventHasTheFormOfPayloadFormatTwo() throws Exception {
    send("/u/Sample", BEARER);

    JsonNode event = JSON.readTree(checker.events().getFirst());
    JsonNode real = JSON.readTree(Path.of("../events/authorizer-key.json").toFile());
    assertThat(event.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(real::fieldNames);
    assertThat(event.path("requestContext").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(real.path("requestContext")::fieldNames);
    for (String same :
        List.of(
            "/version", "/type", "/identitySource", "/routeKey", "/rawPath", "/pathParameters")) {
      assertThat(event.at(same)).as(same).isEqualTo(real.at(same));
    }
    assertThat(event.at("/headers/authorization").asText()).isEqualTo(BEARER);
    assertThat(event.path("routeArn").asText()).endsWith("/$default/GET/u/Sample");
  }

  /** A browser asks it without the header, and API Gateway answers it by itself. */
  @Test
  void aPreflightNeedsNoKeyAndAllowsTheHeader() throws Exception {
    String site = stack.application().apis().getFirst().allowOrigins().getFirst();
    HttpResponse<String> answer =
        server.send(
            server
                .request("/u/Sample")
                .header("Origin", site)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-headers"))
        .contains("Authorization");
    assertThat(checker.events()).isEmpty();
  }

  @Test
  void aRequestWithoutAKeyIsThrottledLikeTheOthers() throws Exception {
    HttpApiSpec deployed = stack.application().apis().getFirst();
    stop();
    serve(
        new HttpApiSpec(
            deployed.id(),
            deployed.arn(),
            deployed.routes(),
            deployed.authorizers(),
            deployed.allowOrigins(),
            deployed.allowMethods(),
            deployed.allowHeaders(),
            deployed.exposeHeaders(),
            deployed.maxAge(),
            1,
            0)); // However slow the machine is, no request more is let through.

    assertThat(server.get("/u/Sample").statusCode()).isEqualTo(401);
    assertThat(server.get("/u/Sample").statusCode()).isEqualTo(429);
  }

  private HttpResponse<String> send(String path, String authorization) throws Exception {
    HttpResponse<String> answer =
        server.send(server.request(path).header("Authorization", authorization));
    assertThat(server.failures()).isEmpty();
    return answer;
  }
}
