package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.FakeFunction;
import rediscover.local.FakeSqs;
import rediscover.local.TestStack;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.Source;

class AsyncInvocationsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private TestStack stack;
  private FunctionSpec topicWriter;
  private FakeFunction function;
  private FakeSqs sqs;

  @BeforeEach
  void start() {
    stack = TestStack.read(home);
    topicWriter = stack.function("TopicWriterFunction");
    function = new FakeFunction(topicWriter);
    sqs = new FakeSqs();
  }

  @AfterEach
  void stop() {
    sqs.close();
  }

  @Test
  void anEventIsAcceptedAndInvokesOnce() {
    assertThat(invoke(stack.topicArn())).isTrue();

    Awaitility.await().until(() -> function.events().size() == 1);
    assertThat(function.events()).containsExactly("{\"a\":1}");
    assertThat(log).isEmpty();
  }

  @Test
  void aSourceThatMayNotInvokeIsRefusedWithAReason() {
    assertThat(invoke(stack.topicArn() + "2")).isFalse();

    assertThat(log)
        .singleElement()
        .asString()
        .contains("is not authorized to perform: lambda:InvokeFunction");
    assertThat(function.events()).isEmpty();
  }

  @Test
  void aFailedInvocationIsTriedAgainUntilItSucceeds() {
    function.will(FakeFunction.failure(), FakeFunction.failure(), FakeFunction.answer("null"));

    invoke(stack.topicArn());

    Awaitility.await().until(() -> function.events().size() == 3);
    assertThat(function.events()).containsOnly("{\"a\":1}");
    assertThat(sqs.calls("SendMessage")).isEmpty();
  }

  @Test
  void afterTheLastAttemptTheEventIsKeptWithWhatWentWrong() throws Exception {
    function.will(FakeFunction.failure());

    invoke(stack.topicArn());

    Awaitility.await().until(() -> !sqs.calls("SendMessage").isEmpty());
    assertThat(function.events()).hasSize(3);
    FakeSqs.Call sent = sqs.calls("SendMessage").getFirst();
    assertThat(sent.key()).as("the role's").isEqualTo(topicWriter.session().accessKeyId());
    assertThat(sent.input().path("QueueUrl").asText())
        .isEqualTo(stack.application().queue(stack.queueArn("DeadLetterQueue")).url());
    JsonNode kept = JSON.readTree(sent.input().path("MessageBody").asText());
    assertThat(kept.path("version").asText()).isEqualTo("1.0");
    assertThat(Instant.parse(kept.path("timestamp").asText())).isBefore(Instant.now());
    assertThat(kept.at("/requestContext/requestId").asText()).isNotBlank();
    assertThat(kept.at("/requestContext/functionArn").asText())
        .isEqualTo(topicWriter.arn() + ":$LATEST");
    assertThat(kept.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
    assertThat(kept.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(kept.path("requestPayload")).isEqualTo(JSON.readTree("{\"a\":1}"));
    assertThat(kept.path("responseContext"))
        .isEqualTo(
            JSON.readTree(
                """
                {"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}
                """));
    assertThat(kept.at("/responsePayload/errorMessage").asText()).isEqualTo("it threw");
  }

  @Test
  void thereAreAsManyRetriesAsTheTemplateSays() {
    function =
        new FakeFunction(FakeRuntimes.with(topicWriter, 0, topicWriter.onFailure()))
            .will(FakeFunction.failure());

    invoke(stack.topicArn());

    Awaitility.await().until(() -> !sqs.calls("SendMessage").isEmpty());
    assertThat(function.events()).hasSize(1);
  }

  @Test
  void withoutADestinationTheEventIsGoneAndThatIsSaid() {
    function =
        new FakeFunction(FakeRuntimes.with(topicWriter, 0, Optional.empty()))
            .will(FakeFunction.failure());

    invoke(stack.topicArn());

    Awaitility.await().until(() -> !log.isEmpty());
    assertThat(log)
        .containsExactly("an event for " + topicWriter.name() + " failed and has no destination");
  }

  @Test
  void aDestinationThatRefusesTheEventLosesItAndThatIsSaid() {
    sqs.refuse("SendMessage");
    function.will(FakeFunction.failure());

    invoke(stack.topicArn());

    Awaitility.await().until(() -> !log.isEmpty());
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("an event for " + topicWriter.name() + " is lost: ")
        .contains("AccessDeniedException");
  }

  private boolean invoke(String topic) {
    var invocations =
        new AsyncInvocations(
            stack.application(),
            Map.of(topicWriter.arn(), function),
            stack.access(),
            sqs.client(),
            log::add,
            Duration.ofMillis(1));
    return invocations.invoke(
        new Source("sns.amazonaws.com", topic),
        topicWriter.arn(),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
  }
}
