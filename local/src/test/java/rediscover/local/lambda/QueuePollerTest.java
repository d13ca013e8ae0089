package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.FakeFunction;
import rediscover.local.FakeSqs;
import rediscover.local.TestStack;
import rediscover.local.application.EventSourceMapping;
import rediscover.local.application.QueueSpec;

class QueuePollerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private QueueSpec queue;
  private EventSourceMapping mapping;
  private FakeFunction function;
  private FakeSqs sqs;
  private QueuePoller poller;

  @BeforeEach
  void start() {
    TestStack stack = TestStack.read(home);
    mapping = stack.application().mappings().getFirst();
    queue = stack.application().queue(mapping.queue());
    function = new FakeFunction(stack.function("QueueWriterFunction"));
    sqs = new FakeSqs();
  }

  @AfterEach
  void stop() {
    poller.close();
    sqs.close();
  }

  @Test
  void aBatchIsHandedOverInTheFormOfSqsAndThenDeleted() throws Exception {
    poll(FakeSqs.message("1", "one"), FakeSqs.message("2", "two"));

    assertThat(deleted()).containsExactly("handle of 1", "handle of 2");
    JsonNode records = JSON.readTree(function.events().getFirst()).path("Records");
    JsonNode real = JSON.readTree(Path.of("../events/sqs-likes.json").toFile()).at("/Records/0");
    assertThat(records).hasSize(2);
    real.fieldNames()
        .forEachRemaining(field -> assertThat(records.get(0).has(field)).as(field).isTrue());
    assertThat(records.get(1).path("messageId").asText()).isEqualTo("2");
    assertThat(records.get(1).path("body").asText()).isEqualTo("two");
    assertThat(records.get(1).path("eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(records.get(1).path("eventSourceARN").asText()).isEqualTo(queue.arn());
    assertThat(records.get(1).at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
  }

  @Test
  void aDefectIsLoggedAndThePollingGoesOn() {
    function =
        new FakeFunction(function.spec()) {
          @Override
          public synchronized Outcome invoke(String requestId, byte[] event) {
            Outcome outcome = super.invoke(requestId, event);
            if (events().size() == 1) {
              throw new IllegalStateException("a defect");
            }
            return outcome;
          }
        };

    poll(FakeSqs.message("1", "one"));
    await().until(() -> !log.isEmpty());
    sqs.willReceive(FakeSqs.message("2", "two"));

    assertThat(deleted()).containsExactly("handle of 2");
    assertThat(log).singleElement().asString().contains(queue.name(), "a defect");
  }

  @Test
  void itPollsInTheNameOfTheFunctionsRole() {
    poll(FakeSqs.message("1", "one"));

    deleted();
    String key = function.spec().session().accessKeyId();
    for (String action : List.of("GetQueueAttributes", "ReceiveMessage", "DeleteMessageBatch")) {
      assertThat(sqs.calls(action)).isNotEmpty().allMatch(call -> call.key().equals(key));
    }
  }

  @Test
  void whatTheFunctionReportsStaysAndTheRestIsDeleted() {
    function.will(FakeFunction.answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}"));

    poll(FakeSqs.message("1", "one"), FakeSqs.message("2", "two"), FakeSqs.message("3", "three"));

    assertThat(deleted()).containsExactly("handle of 1", "handle of 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"nobody\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"wrong\":\"1\"}]}"
      })
  void anIdThatIsNoMessagesFailsTheBatch(String answer) {
    function.will(FakeFunction.answer(answer));

    poll(FakeSqs.message("1", "one"), FakeSqs.message("2", "two"));

    assertNothingIsDeleted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "{\"batchItemFailures\":[]}", "{\"batchItemFailures\":null}"})
  void anAnswerWithoutFailuresIsASuccess(String answer) {
    function.will(FakeFunction.answer(answer));

    poll(FakeSqs.message("1", "one"));

    assertThat(deleted()).containsExactly("handle of 1");
  }

  @Test
  void aFunctionThatFailsFailsTheBatch() {
    function.will(FakeFunction.failure());

    poll(FakeSqs.message("1", "one"), FakeSqs.message("2", "two"));

    assertNothingIsDeleted();
    assertThat(sqs.calls("ReceiveMessage").getFirst().input().path("VisibilityTimeout").asInt())
        .as("seconds until they are seen again")
        .isEqualTo(1);
  }

  @Test
  void whatIsReportedMeansNothingIfTheMappingDoesNotAskForIt() {
    mapping = new EventSourceMapping(mapping.queue(), mapping.function(), 10, false);
    function.will(FakeFunction.answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}"));

    poll(FakeSqs.message("1", "one"));

    assertThat(deleted()).containsExactly("handle of 1");
  }

  @Test
  void aRefusedPollIsSaidOnceAndTriedAgain() {
    sqs.refuse("ReceiveMessage");

    poll();

    await().until(() -> sqs.calls("ReceiveMessage").size() >= 2);
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("polling " + queue.name() + " failed: ")
        .contains("AccessDeniedException");
    assertThat(sqs.calls("GetQueueAttributes")).hasSize(1);
  }

  @Test
  void anEntryThatCouldNotBeDeletedIsSaid() {
    sqs.failEntries("the handle is too old");

    poll(FakeSqs.message("1", "one"));

    await().until(() -> !log.isEmpty());
    assertThat(log)
        .containsExactly(
            "DeleteMessageBatch on " + queue.name() + " failed: the handle is too old");
  }

  private void poll(String... messages) {
    if (messages.length > 0) {
      sqs.willReceive(messages);
    }
    poller = new QueuePoller(mapping, queue, TestStack.REGION, function, sqs.client(), log::add);
    poller.start();
  }

  private List<String> deleted() {
    await().until(() -> !sqs.calls("DeleteMessageBatch").isEmpty());
    JsonNode entries = sqs.calls("DeleteMessageBatch").getFirst().input().path("Entries");
    return StreamSupport.stream(entries.spliterator(), false)
        .map(entry -> entry.path("ReceiptHandle").asText())
        .toList();
  }

  /** A batch is settled before the next one is received. */
  private void assertNothingIsDeleted() {
    await().until(() -> sqs.calls("ReceiveMessage").size() >= 2);
    assertThat(function.events()).hasSize(1);
    assertThat(sqs.calls("DeleteMessageBatch")).isEmpty();
  }
}
