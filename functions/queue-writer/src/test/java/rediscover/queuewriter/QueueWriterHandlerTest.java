package rediscover.queuewriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.table.InMemoryTable;
import rediscover.likes.table.LikesTable;
import rediscover.support.Environment;
import rediscover.support.Gathering;
import rediscover.support.RecordingContext;
import rediscover.support.aws.BufferedHttpClient;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.UnwillingService;
import rediscover.support.aws.UnwillingService.Mood;
import rediscover.support.event.Serialization;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

@ParameterizedClass
@EnumSource(Serialization.class)
class QueueWriterHandlerTest {
  private static final UserName SAMPLE = new UserName("sample");
  private static final String FIRST_ID = "059f36b4-87a3-44ab-83d2-661975830a7d";
  private static final String SECOND_ID = "2e1424d4-f796-459a-8184-9c92662be6da";

  /** A region without any hosts: a request that left the process would fail. */
  private static final Environment SOMEWHERE =
      new Environment(Map.of("AWS_REGION", "test-1", "LIKES_TABLE", "likes"));

  @Parameter private Serialization serialization;

  private final InMemoryTable dynamoDb = new InMemoryTable();
  private final RecordingContext context = new RecordingContext();
  private final QueueWriterHandler handler =
      new QueueWriterHandler(new LikesTable(dynamoDb, InMemoryTable.NAME));

  @Test
  void theLikesOfAllMessagesAreStored() {
    SQSBatchResponse response = handler.handleRequest(event("sqs-likes.json"), context);

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(dynamoDb.likes(SAMPLE))
        .containsExactlyInAnyOrder(
            new Like(
                "20",
                Optional.of("just setting up my twttr"),
                Optional.of("https://twitter.com/i/web/status/20")),
            Like.of("1697051672621597026"));
    assertThat(dynamoDb.likes(new UserName("another"))).containsExactly(Like.of("21"));
    assertThat(context.log())
        .containsExactly("INFO {\"message\":\"stored\",\"messages\":2,\"failed\":0,\"likes\":3}");
  }

  @Test
  void aBatchThatComesTwiceIsStoredOnce() {
    handler.handleRequest(event("sqs-likes.json"), context);
    handler.handleRequest(event("sqs-likes.json"), context);
    assertThat(dynamoDb.likes(SAMPLE)).hasSize(2);
  }

  @Test
  void aPoisonMessageIsReportedAndTheOthersAreStored() {
    SQSBatchResponse response = handler.handleRequest(event("sqs-one-poison.json"), context);

    assertThat(response.getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly(SECOND_ID);
    assertThat(dynamoDb.likes(SAMPLE)).containsExactlyInAnyOrder(Like.of("20"), Like.of("22"));
    assertThat(context.log())
        .containsExactly(
            "ERROR {\"message\":\"not stored\",\"sqsMessageId\":\"%s\",\"reason\":\"%s\"}"
                .formatted(
                    SECOND_ID,
                    "rediscover.likes.message.MalformedMessageException:"
                        + " The message is not JSON: see line 1, column 1"),
            "INFO {\"message\":\"stored\",\"messages\":2,\"failed\":1,\"likes\":2}");
  }

  @Test
  void everyKindOfPoisonIsReportedWithItsReasonAndNotQuoted() {
    Map<String, String> poison = new LinkedHashMap<>();
    poison.put("", "is not a JSON object");
    poison.put("secret", "is not JSON");
    poison.put("[\"secret\"]", "is not a JSON object");
    poison.put("{\"user\":\"secret\"", "is not JSON");
    poison.put("{\"user\":\"secret\"}", "has no likes");
    poison.put("{\"user\":\"secret!\",\"likes\":[]}", "user: A name on X is");
    poison.put("{\"likes\":[{\"tweetId\":\"20\"}]}", "has no user");
    poison.put("{\"user\":\"a\",\"likes\":\"secret\"}", "likes is not an array");
    poison.put("{\"user\":\"a\",\"likes\":[{\"tweetId\":20}]}", "tweetId is not a string");
    poison.put("{\"user\":\"a\",\"likes\":[{\"tweetId\":\"secret\"}]}", "A tweet id is");
    poison.put("{\"user\":\"a\",\"likes\":[{\"url\":\"secret\"}]}", "has no tweetId");
    poison.put("{\"x\":" + "[".repeat(1_000), "nested too deeply");
    poison.put("\"" + "secret".repeat(50_000) + "\"", "larger than");
    poison.put("{\"Type\":\"Notification\",\"Message\":\"secret\"}", "is not JSON");
    poison.put("{\"Type\":\"Notification\",\"Subject\":\"secret\"}", "has no user");
    poison.put("{\"requestPayload\":\"secret\"}", "has no user");
    List<SQSMessage> messages = new ArrayList<>();
    poison.keySet().forEach(body -> messages.add(message("poison-" + messages.size(), body)));
    messages.add(message(20));
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);

    SQSBatchResponse response = handler.handleRequest(event, context);

    assertThat(response.getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactlyElementsOf(
            IntStream.range(0, poison.size()).mapToObj(i -> "poison-" + i).toList());
    assertThat(dynamoDb.likes(SAMPLE)).containsExactly(Like.of("20"));
    List<String> reasons = List.copyOf(poison.values());
    for (int i = 0; i < reasons.size(); i++) {
      assertThat(context.log().get(i))
          .startsWith("ERROR ")
          .contains("not stored", "poison-" + i, reasons.get(i))
          .doesNotContain("secret");
    }
  }

  @Test
  void aMessageOfWhichAnyLikeFailedIsReported() {
    dynamoDb.beforePut(
        tweetId -> {
          if (tweetId.equals("20")) {
            throw DynamoDbException.builder().message("not authorized").build();
          }
        });

    SQSBatchResponse response = handler.handleRequest(event("sqs-likes.json"), context);

    assertThat(response.getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly(FIRST_ID);
    assertThat(context.log())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("ERROR")
        .contains(FIRST_ID, "1 of 2 likes were not stored", "not authorized");
  }

  @Test
  void evenAnErrorOfTheMachineIsReported() {
    dynamoDb.beforePut(
        tweetId -> {
          throw new StackOverflowError();
        });
    assertThat(handler.handleRequest(event("sqs-likes.json"), context).getBatchItemFailures())
        .hasSize(2);
  }

  @Test
  void messagesAreStoredTogetherNotOneAfterTheOther() {
    int messages = 10;
    Gathering together = new Gathering(messages);
    dynamoDb.beforePut(tweetId -> together.join());

    SQSBatchResponse response = handler.handleRequest(batchOf(messages), context);

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(dynamoDb.likes(SAMPLE)).hasSize(messages);
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void whatATableDoesNotTakeInTimeIsReportedAndNothingElse(Mood mood) {
    String hot = "hot";
    // What waits to be tried again leaves its connection to others, which what hangs does not.
    int hotLikes = mood == Mood.HANGS ? BufferedHttpClient.CONNECTIONS / 2 : 100;
    try (UnwillingService service = new UnwillingService(mood, hot);
        DynamoDbClient client = service.client(DynamoDbClient::builder)) {
      LikesTable table = new LikesTable(client, InMemoryTable.NAME);
      table.store(SAMPLE, List.of(Like.of("1")), Deadline.in(Duration.ofMinutes(1)));
      SQSEvent event = new SQSEvent();
      event.setRecords(
          List.of(
              message("hot-1", messageOf(hot, 1, hotLikes)),
              message("calm-1", messageOf("calm", 1, 40)),
              message("hot-2", messageOf(hot, 101, 1)),
              message("calm-2", messageOf("calm", 41, 1))));

      SQSBatchResponse response =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () ->
                  new QueueWriterHandler(table).handleRequest(event, new RecordingContext(7_000)));

      assertThat(response.getBatchItemFailures())
          .extracting(BatchItemFailure::getItemIdentifier)
          .containsExactly("hot-1", "hot-2");
      assertThat(service.answered()).hasSize(1 + 41);
    }
  }

  @Test
  void onlyWhatNobodyExpectsIsLoggedWithItsPlace() {
    dynamoDb.beforePut(
        tweetId -> {
          if (tweetId.equals("20")) {
            throw new NullPointerException();
          }
          throw DynamoDbException.builder().message("slow down").build();
        });

    handler.handleRequest(event("sqs-likes.json"), context);

    assertThat(context.log().get(0))
        .contains("java.lang.NullPointerException", "at rediscover.queuewriter");
    assertThat(context.log().get(1)).contains("slow down").doesNotContain("at rediscover.");
  }

  @Test
  void anEventFromElsewhereIsRefused() {
    SQSMessage fromElsewhere = new SQSMessage();
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(fromElsewhere));
    for (SQSEvent foreign : List.of(new SQSEvent(), event)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.handleRequest(foreign, context))
          .withMessage("This event is not from SQS");
    }
    assertThat(handler.handleRequest(batchOf(0), context).getBatchItemFailures()).isEmpty();
  }

  @Test
  void theRehearsalGoesTheUsualWay() {
    assertThat(QueueWriterHandler.REHEARSAL.perform(SOMEWHERE).getBatchItemFailures()).isEmpty();
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(QueueWriterHandler::new)
        .withMessageContaining("LIKES_TABLE");
  }

  private SQSEvent event(String name) {
    return serialization.event(name, SQSEvent.class);
  }

  private static SQSEvent batchOf(int messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        IntStream.range(0, messages).mapToObj(QueueWriterHandlerTest::message).toList());
    return event;
  }

  private static String messageOf(String user, int first, int likes) {
    return new LikesMessage(
            new UserName(user),
            IntStream.range(first, first + likes)
                .mapToObj(id -> Like.of(Integer.toString(id)))
                .toList())
        .toJson();
  }

  private static SQSMessage message(int number) {
    return message(
        "message-" + number,
        new LikesMessage(SAMPLE, List.of(Like.of(Integer.toString(number)))).toJson());
  }

  private static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }
}
