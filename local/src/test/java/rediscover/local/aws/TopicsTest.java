package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.FakeFunction;
import rediscover.local.FakeSqs;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;
import rediscover.local.application.Application;
import rediscover.local.application.QueueSpec;
import rediscover.local.application.SessionKey;
import rediscover.local.client.JsonClient;

class TopicsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PUSH =
      "TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission";

  @TempDir private static Path home;

  private static Queues queues;
  private static LoopbackServer sqs;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private TestStack stack;
  private FakeFunction function;
  private FakeSqs destinations;
  private LoopbackServer server;

  @BeforeAll
  static void startQueues() throws Exception {
    Application application = TestStack.read(home).application();
    sqs = new LoopbackServer(exchange -> queues.handle(exchange));
    queues =
        Queues.start(home.resolve("queues"), sqs.address(), TestStack.REGION, TestStack.ACCOUNT);
    queues.create(application.queues());
  }

  @AfterAll
  static void stopQueues() {
    sqs.close();
    queues.close();
  }

  @BeforeEach
  void start() throws IOException {
    stack = TestStack.read(home);
    function = new FakeFunction(stack.function("TopicWriterFunction"));
    destinations = new FakeSqs();
    var invocations = stack.invocations(function, home.resolve("events"), destinations, log::add);
    server =
        new LoopbackServer(
            new Topics(stack.application(), invocations, stack.access(), queues, log::add)::handle);
  }

  @AfterEach
  void stop() {
    assertThat(server.failures()).isEmpty();
    server.close();
    destinations.close();
  }

  @Test
  void aMessageReachesTheFunctionInTheFormOfSns() throws Exception {
    HttpResponse<String> answer = publish(stack.topicArn(), "{\"user\":\"é & you\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    await().until(() -> !function.events().isEmpty());
    JsonNode record = JSON.readTree(function.events().getFirst()).at("/Records/0");
    JsonNode real = JSON.readTree(Path.of("../events/sns-likes.json").toFile()).at("/Records/0");
    // The documentation has CertURL in one place and CertUrl in another.
    assertThat(record.path("Sns").toString().toLowerCase(Locale.ROOT))
        .contains(lowerCaseNames(real.path("Sns")));
    assertThat(record.path("EventSource")).isEqualTo(real.path("EventSource"));
    assertThat(record.path("EventVersion")).isEqualTo(real.path("EventVersion"));
    assertThat(record.path("EventSubscriptionArn").asText()).startsWith(stack.topicArn() + ":");
    assertThat(record.at("/Sns/TopicArn").asText()).isEqualTo(stack.topicArn());
    assertThat(record.at("/Sns/Message").asText()).isEqualTo("{\"user\":\"é & you\"}");
    assertThat(answer.body())
        .contains("<MessageId>" + record.at("/Sns/MessageId").asText() + "</MessageId>");
  }

  @Test
  void aTopicThatIsNotThereIsNotFound() throws Exception {
    assertRefused(publish(stack.topicArn() + "2", "hello"), 404, "NotFound");
  }

  @Test
  void anEmptyMessageIsRefused() throws Exception {
    assertRefused(publish(stack.topicArn(), ""), 400, "InvalidParameter");
  }

  @Test
  void aMessageMayHave256KibibytesOfUtf8AndNoMore() throws Exception {
    assertThat(publish(stack.topicArn(), "é".repeat(131_072)).statusCode()).isEqualTo(200);
    assertRefused(publish(stack.topicArn(), "é".repeat(131_072) + "x"), 400, "InvalidParameter");
  }

  @Test
  void anotherActionIsRefusedByName() throws Exception {
    HttpResponse<String> answer = post("Action=%3CSubscribe%3E&TopicArn=x");

    assertRefused(answer, 400, "InvalidAction");
    assertThat(answer.body()).contains("has no action &lt;Subscribe&gt;");
  }

  @Test
  void whatPublishCannotDoHereIsRefusedByName() throws Exception {
    HttpResponse<String> answer =
        post(
            "Action=Publish&Message=x&MessageStructure=json&TopicArn=" + encoded(stack.topicArn()));

    assertRefused(answer, 400, "InvalidParameter");
    assertThat(answer.body()).contains("MessageStructure");
  }

  @Test
  void whatMayNotBeDeliveredIsKeptInTheDeadLetterQueue() throws Exception {
    stack.access().switchStatement(PUSH, false);

    assertThat(publish(stack.topicArn(), "kept").statusCode()).isEqualTo(200);

    QueueSpec deadLetters = stack.application().queue(stack.queueArn("DeadLetterQueue"));
    JsonNode kept =
        JSON.readTree(
            JsonClient.sqs(sqs.address(), TestStack.REGION)
                .call(
                    SessionKey.create(),
                    "ReceiveMessage",
                    Map.of("QueueUrl", deadLetters.url(), "WaitTimeSeconds", 20))
                .at("/Messages/0/Body")
                .asText());
    assertThat(kept.path("Type").asText()).isEqualTo("Notification");
    assertThat(kept.path("Message").asText()).isEqualTo("kept");
    assertThat(function.events()).isEmpty();
    assertThat(log).anyMatch(line -> line.contains("lambda:InvokeFunction"));
  }

  @Test
  void whatTheDeadLetterQueueDoesNotTakeIsLostAndThatIsSaid() throws Exception {
    stack.access().switchStatement(PUSH, false);
    stack.access().switchStatement("DeadLetterQueuePolicy/KeepWhatTheTopicCannotDeliver", false);

    assertThat(publish(stack.topicArn(), "lost").statusCode()).isEqualTo(200);

    assertThat(log).anyMatch(line -> line.contains("is lost") && line.contains("sqs:SendMessage"));
  }

  private HttpResponse<String> publish(String topic, String message) throws Exception {
    return post(
        "Action=Publish&Version=2010-03-31&TopicArn="
            + encoded(topic)
            + "&Message="
            + encoded(message));
  }

  private HttpResponse<String> post(String form) throws Exception {
    return server.send(server.request("/").POST(BodyPublishers.ofString(form)));
  }

  private static List<String> lowerCaseNames(JsonNode object) {
    return object.properties().stream()
        .map(field -> "\"" + field.getKey().toLowerCase(Locale.ROOT) + "\":")
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
  }
}
