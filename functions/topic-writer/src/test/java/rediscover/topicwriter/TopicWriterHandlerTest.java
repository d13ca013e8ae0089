package rediscover.topicwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.MalformedMessageException;
import rediscover.likes.table.InMemoryTable;
import rediscover.likes.table.LikesNotStoredException;
import rediscover.likes.table.LikesTable;
import rediscover.support.Environment;
import rediscover.support.RecordingContext;
import rediscover.support.aws.UnwillingService;
import rediscover.support.aws.UnwillingService.Mood;
import rediscover.support.event.Serialization;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

@ParameterizedClass
@EnumSource(Serialization.class)
class TopicWriterHandlerTest {
  private static final UserName SAMPLE = new UserName("sample");
  private static final String MESSAGE_ID = "95df01b4-ee98-5cb9-9903-4c221d41eb5e";

  /** A region without any hosts: a request that left the process would fail. */
  private static final Environment SOMEWHERE =
      new Environment(Map.of("AWS_REGION", "test-1", "LIKES_TABLE", "likes"));

  @Parameter private Serialization serialization;

  private final InMemoryTable dynamoDb = new InMemoryTable();
  private final RecordingContext context = new RecordingContext();
  private final TopicWriterHandler handler =
      new TopicWriterHandler(new LikesTable(dynamoDb, InMemoryTable.NAME));

  @Test
  void thePublishedLikesAreStored() {
    handler.handleRequest(event("sns-likes.json"), context);

    assertThat(dynamoDb.likes(SAMPLE))
        .containsExactlyInAnyOrder(
            new Like(
                "20",
                Optional.of("just setting up my twttr"),
                Optional.of("https://twitter.com/i/web/status/20")),
            Like.of("1697051672621597026"));
    assertThat(context.log())
        .containsExactly(
            "INFO {\"message\":\"stored\",\"snsMessageId\":\"%s\",\"likes\":2}"
                .formatted(MESSAGE_ID));
  }

  @Test
  void anEventThatComesTwiceIsStoredOnce() {
    handler.handleRequest(event("sns-likes.json"), context);
    handler.handleRequest(event("sns-likes.json"), context);
    assertThat(dynamoDb.likes(SAMPLE)).hasSize(2);
  }

  @Test
  void aMalformedMessageIsThrownWithItsId() {
    assertThatExceptionOfType(MessageNotStoredException.class)
        .isThrownBy(() -> handler.handleRequest(event("sns-bad-message.json"), context))
        .withMessage(
            "SNS message " + MESSAGE_ID + " was not stored: likes[0].tweetId is not a string")
        .withCauseInstanceOf(MalformedMessageException.class);
    assertThat(context.log()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                                      | is not a JSON object",
        "secret                                                  | is not JSON",
        "[\"secret\"]                                            | is not a JSON object",
        "{\"user\":\"secret\"}                                   | has no likes",
        "{\"user\":\"secret!\",\"likes\":[]}                     | user: A name on X is",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"secret\"}]}     | likes[0]: A tweet id is",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\",\"url\":\"secret\"}]} | likes[0]: A like's URL"
      })
  void anyMalformedMessageIsThrownWithItsReasonAndNotQuoted(String message, String reason) {
    SNSEvent event = event("sns-bad-message.json");
    event.getRecords().getFirst().getSNS().setMessage(message);

    assertThatExceptionOfType(MessageNotStoredException.class)
        .isThrownBy(() -> handler.handleRequest(event, context))
        .withMessageStartingWith("SNS message " + MESSAGE_ID + " was not stored: ")
        .withMessageContaining(reason)
        .withMessageNotContainingAny("secret");
  }

  @Test
  void aFailedWriteIsThrownWithTheMessagesId() {
    dynamoDb.beforePut(
        tweetId -> {
          throw DynamoDbException.builder().message("not authorized").build();
        });
    assertThatExceptionOfType(MessageNotStoredException.class)
        .isThrownBy(() -> handler.handleRequest(event("sns-likes.json"), context))
        .withMessageStartingWith(
            "SNS message " + MESSAGE_ID + " was not stored: 2 of 2 likes were not stored")
        .withCauseInstanceOf(LikesNotStoredException.class);
    assertThat(context.log()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void aTableThatDoesNotTakeLikesInTimeIsAnErrorInTime(Mood mood) {
    try (UnwillingService service = new UnwillingService(mood, "sample");
        DynamoDbClient client = service.client(DynamoDbClient::builder)) {
      TopicWriterHandler writer =
          new TopicWriterHandler(new LikesTable(client, InMemoryTable.NAME));

      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertThatExceptionOfType(MessageNotStoredException.class)
                  .isThrownBy(
                      () ->
                          writer.handleRequest(
                              event("sns-likes.json"), new RecordingContext(3_000)))
                  .withMessageStartingWith(
                      "SNS message " + MESSAGE_ID + " was not stored: 2 of 2 likes"));
    }
  }

  @Test
  void anEventFromElsewhereIsRefused() {
    SNSEvent fromElsewhere = new SNSEvent();
    fromElsewhere.setRecords(List.of(new SNSRecord()));
    for (SNSEvent foreign : List.of(new SNSEvent(), fromElsewhere)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.handleRequest(foreign, context))
          .withMessage("This event is not from SNS");
    }
  }

  @Test
  void theRehearsalGoesTheUsualWay() {
    assertThatNoException().isThrownBy(() -> TopicWriterHandler.REHEARSAL.perform(SOMEWHERE));
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(TopicWriterHandler::new)
        .withMessageContaining("LIKES_TABLE");
  }

  private SNSEvent event(String name) {
    return serialization.event(name, SNSEvent.class);
  }
}
