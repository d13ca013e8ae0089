package rediscover.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePermissionsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STORE = "TopicWriterRole/StoreLikes";

  @TempDir private Path home;

  private TestStack stack;
  private LoopbackServer server;
  private HttpClient page;

  @BeforeEach
  void start() {
    stack = TestStack.read(home);
    server = new LoopbackServer(new LivePermissions(stack.access())::handle);
    page = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    page.shutdownNow();
    server.close();
  }

  @Test
  void itSaysWhatIsOff() throws Exception {
    assertThat(JSON.readTree(server.get("/_permissions").body()).path("off")).isEmpty();

    stack.access().switchStatement(STORE, false);

    HttpResponse<String> answer = server.get("/_permissions");
    assertThat(JSON.readTree(answer.body()).at("/off/0").asText()).isEqualTo(STORE);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
  }

  @Test
  void itSaysWhichFunctionsThereAre() throws Exception {
    JsonNode state = JSON.readTree(server.get("/_permissions").body());
    JsonNode functions = state.path("functions");
    assertThat(state.path("accounts"))
        .extracting(JsonNode::asText)
        .containsExactly(TestStack.ACCOUNT);

    assertThat(functions)
        .extracting(JsonNode::asText)
        .containsExactly(
            "RandomLikeFunction",
            "TopicWriterFunction",
            "QueueWriterFunction",
            "ArchiveImporterFunction");
  }

  @Test
  void aStatementIsSwitchedOffAndOn() throws Exception {
    assertThat(off(post("/_permissions/off?statement=" + encoded(STORE)))).containsExactly(STORE);
    assertThat(stack.access().off()).containsExactly(STORE);

    assertThat(off(post("/_permissions/on?statement=" + encoded(STORE)))).isEmpty();
    assertThat(stack.access().off()).isEmpty();
  }

  @Test
  void aResetSwitchesAllOn() throws Exception {
    stack.access().switchStatement(STORE, false);

    assertThat(off(post("/_permissions/reset"))).isEmpty();
    assertThat(stack.access().off()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/off?statement=Nobody%2FKnows", "/off", "/off?other=x", "/on?statement="})
  void aStatementThatIsNotThereIsNotFound(String path) throws Exception {
    assertThat(post("/_permissions" + path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/off?statement=TopicWriterRole%2FStoreLikes", "/reset"})
  void aPageOfAnotherOriginCannotSwitch(String path) throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/_permissions" + path).POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(stack.access().off()).isEmpty();
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertThat(server.get("/_permissions/other").statusCode()).isEqualTo(404);
    assertThat(LivePermissions.serves("/_permissions/other")).isTrue();
    assertThat(LivePermissions.serves("/_permissionsx")).isFalse();
  }

  @Test
  void theStreamOpensAtOnceAndMissesNothing() throws Exception {
    try (BufferedReader stream = open()) {
      String like = stack.tableArn();
      stack
          .access()
          .refuseCall(stack.function("TopicWriterFunction").arn(), "dynamodb:PutItem", like);
      stack.access().switchStatement(STORE, false);

      JsonNode call = next(stream);
      assertThat(call.path("kind").asText()).isEqualTo("call");
      assertThat(call.path("function").asText()).isEqualTo("TopicWriterFunction");
      assertThat(call.path("action").asText()).isEqualTo("dynamodb:PutItem");
      assertThat(call.path("resource").asText()).isEqualTo(like);
      assertThat(call.path("allowed").asBoolean()).isTrue();
      assertThat(call.at("/statements/0").asText()).isEqualTo(STORE);
      JsonNode switched = next(stream);
      assertThat(switched.path("kind").asText()).isEqualTo("switched");
      assertThat(switched.at("/off/0").asText()).isEqualTo(STORE);
    }
  }

  @Test
  void everyPageHasAStreamOfItsOwn() throws Exception {
    try (BufferedReader one = open();
        BufferedReader other = open()) {
      stack.access().switchStatement(STORE, false);

      assertThat(next(one)).isEqualTo(next(other));
    }
  }

  @Test
  void whatAPageDoesNotReadIsNotKeptForever() throws Exception {
    try (BufferedReader asleep = open()) {
      // More than the buffers between the two and the queue hold.
      String large = "arn:aws:sqs:us-east-1:123456789012:" + "q".repeat(10_000);
      String function = stack.function("TopicWriterFunction").arn();
      for (int i = 0; i < 4_000; i++) {
        stack.access().refuseCall(function, "sqs:SendMessage", large);
      }

      // It ends, and the page would come back.
      assertThat(asleep.lines().filter(line -> line.startsWith("data: ")).count())
          .isPositive()
          .isLessThan(4_000);
    }
  }

  private BufferedReader open() throws Exception {
    HttpResponse<InputStream> answer =
        page.sendAsync(server.request("/_permissions/events").build(), BodyHandlers.ofInputStream())
            .get(1, TimeUnit.MINUTES);
    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode next(BufferedReader stream) throws IOException {
    String line = stream.readLine();
    while (!line.startsWith("data: ")) {
      line = stream.readLine();
    }
    return JSON.readTree(line.substring("data: ".length()));
  }

  private HttpResponse<String> post(String path) throws Exception {
    return server.send(
        server.request(path).header("X-Rediscover", "permissions").POST(BodyPublishers.noBody()));
  }

  private static List<String> off(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body()).path("off").valueStream().map(JsonNode::asText).toList();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
