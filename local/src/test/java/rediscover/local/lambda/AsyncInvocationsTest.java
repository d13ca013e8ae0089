package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.FakeFunction;
import rediscover.local.FakeSqs;
import rediscover.local.TestStack;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.Source;

class AsyncInvocationsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  @TempDir private Path kept;

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

    await().until(() -> isEmpty(kept));
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

    await().until(() -> isEmpty(kept));
    assertThat(function.events()).hasSize(3).containsOnly("{\"a\":1}");
    assertThat(sqs.calls("SendMessage")).isEmpty();
  }

  @Test
  void afterTheLastAttemptTheEventIsKeptWithWhatWentWrong() throws Exception {
    function.will(FakeFunction.failure());

    invoke(stack.topicArn());

    await().until(() -> !sqs.calls("SendMessage").isEmpty());
    assertThat(function.events()).hasSize(3);
    FakeSqs.Call sent = sqs.calls("SendMessage").getFirst();
    assertThat(sent.key()).as("the role's").isEqualTo(topicWriter.session().accessKeyId());
    assertThat(sent.input().path("QueueUrl").asText())
        .isEqualTo(stack.application().queue(stack.queueArn("DeadLetterQueue")).url());
    JsonNode record = JSON.readTree(sent.input().path("MessageBody").asText());
    assertThat(record.path("version").asText()).isEqualTo("1.0");
    assertThat(Instant.parse(record.path("timestamp").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(function.requestIds())
        .as("of the log")
        .containsOnly(record.at("/requestContext/requestId").asText());
    assertThat(record.at("/requestContext/functionArn").asText())
        .isEqualTo(topicWriter.arn() + ":$LATEST");
    assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
    assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(record.path("requestPayload")).isEqualTo(JSON.readTree("{\"a\":1}"));
    assertThat(record.path("responseContext"))
        .isEqualTo(
            JSON.readTree(
                """
                {"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}
                """));
    assertThat(record.at("/responsePayload/errorMessage").asText()).isEqualTo("it threw");
  }

  @Test
  void thereAreAsManyRetriesAsTheTemplateSays() {
    function =
        new FakeFunction(FakeRuntimes.with(topicWriter, 0, topicWriter.asynchronous().onFailure()))
            .will(FakeFunction.failure());

    invoke(stack.topicArn());

    await().until(() -> !sqs.calls("SendMessage").isEmpty());
    assertThat(function.events()).hasSize(1);
  }

  @Test
  void withoutADestinationTheEventIsGoneAndThatIsSaid() {
    function =
        new FakeFunction(FakeRuntimes.with(topicWriter, 0, Optional.empty()))
            .will(FakeFunction.failure());

    invoke(stack.topicArn());

    await().until(() -> !log.isEmpty());
    assertThat(log)
        .containsExactly("an event for " + topicWriter.name() + " failed and has no destination");
  }

  @Test
  void aDestinationThatRefusesTheEventLosesItAndThatIsSaid() {
    sqs.refuse("SendMessage");
    function.will(FakeFunction.failure());

    invoke(stack.topicArn());

    await().until(() -> !log.isEmpty());
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("an event for " + topicWriter.name() + " is lost: ")
        .contains("AccessDeniedException");
  }

  @Test
  void anEventThatIsDoneWithIsNotKept() throws Exception {
    invoke(stack.topicArn());

    await().until(() -> isEmpty(kept));
    assertThat(function.events()).hasSize(1);
  }

  @Test
  void whatARunWasNotDoneWithTheNextOneGoesOnWith() throws Exception {
    new AcceptedEvents(kept, log::add).add(topicWriter.arn(), bytes("{\"b\":\"ü\\n\"}"));

    invocations().resume();

    await().until(() -> isEmpty(kept));
    assertThat(function.events()).containsExactly("{\"b\":\"ü\\n\"}");
  }

  @Test
  void anEventThatWasCutOffInWritingWasNeverAccepted() throws Exception {
    Files.writeString(kept.resolve("half"), topicWriter.arn() + "\n{\"a\":");

    invocations().resume();

    assertThat(kept).isEmptyDirectory();
    assertThat(function.events()).isEmpty();
  }

  /** As a power failure leaves it: its name is on the disk, and its content is not or is zeros. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aDamagedEventIsSetAsideAndTheOthersGoOn(int zeros) throws Exception {
    Path damaged = Files.write(kept.resolve("damaged.event"), new byte[zeros]);
    new AcceptedEvents(kept, log::add).add(topicWriter.arn(), bytes("{}"));

    invocations().resume();
    Path aside = kept.resolve("damaged.event.damaged");
    await().untilAsserted(() -> assertThat(files(kept)).containsExactly(aside));
    invocations().resume(); // The next start, when nothing is under way.

    assertThat(files(kept)).containsExactly(aside);
    assertThat(function.events()).contains("{}");
    assertThat(damaged).doesNotExist();
    assertThat(log)
        .singleElement()
        .isEqualTo("an accepted event is damaged and will not be run: " + aside);
  }

  @Test
  void anEventForAFunctionThatIsGoneIsKept() throws Exception {
    new AcceptedEvents(kept, log::add).add(topicWriter.arn() + "2", bytes("{}"));

    invocations().resume();

    assertThat(log).singleElement().asString().contains("which no template has");
    assertThat(kept).isNotEmptyDirectory();
  }

  @Test
  void anEventWaitsForADestinationThatFailsForAWhile() {
    sqs.failFor(2, "SendMessage");
    function.will(FakeFunction.failure());

    invoke(stack.topicArn());

    await().until(() -> isEmpty(kept));
    assertThat(sqs.calls("SendMessage")).hasSize(3);
    assertThat(log).isEmpty();
  }

  private boolean invoke(String topic) {
    try {
      return invocations()
          .invoke(new Source("sns.amazonaws.com", topic), topicWriter.arn(), bytes("{\"a\":1}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AsyncInvocations invocations() throws IOException {
    return stack.invocations(function, kept, sqs, log::add);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    return files(folder).isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
