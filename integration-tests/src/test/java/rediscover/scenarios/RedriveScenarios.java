package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.scenarios.Needs.Tool;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * bin/redrive moves dead letters back to the queue, whichever way they came. Each scenario has a
 * dead-letter queue of its own: the stage's has letters of other scenarios, which would be moved as
 * well.
 */
@Needs(Tool.AWS_COMMAND)
abstract class RedriveScenarios {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage;
  private final Doors doors;
  private SqsClient sqs;
  private String deadLetterQueue;

  RedriveScenarios(Stage stage, Doors doors) {
    this.stage = stage;
    this.doors = doors;
  }

  @BeforeEach
  void createAQueue() {
    sqs = stage.client(SqsClient.builder());
    deadLetterQueue = sqs.createQueue(request -> request.queueName(Some.user())).queueUrl();
  }

  @AfterEach
  void deleteIt() {
    sqs.deleteQueue(request -> request.queueUrl(deadLetterQueue));
    sqs.close();
  }

  @Test
  void aMessageOfEveryOriginIsStoredAndTheRecordOfAnArchiveStays() throws Exception {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(4);
    // Blanks, tabs and line breaks between the parts, and letters of all kinds in them.
    bury(
        "{\"user\":\"%s\",\n\t \"likes\":[{\"tweetId\":\"%s\",\"text\":\"Größe \\\"😀\\\"\"}]}"
            .formatted(user, tweets.get(0)));
    bury(notification(user, tweets.get(1)));
    bury(onFailure(snsEvent(user, tweets.get(2))));
    bury(Some.message(user, tweets.subList(3, 4)));
    String archived = Some.user();
    bury(onFailure(s3Event(archived + "/like.js")));

    RedriveCommand.Outcome run = redrive(Map.of());

    assertThat(run.exitCode()).as(run.output()).isZero();
    doors.eventuallyStores(user, tweets);
    assertThat(doors.stored(user))
        .extracting(like -> like.text().orElse(""))
        .contains("Größe \"😀\"");
    assertThat(run.output())
        .contains(" stays: an archive", archived + "/like.js")
        .containsPattern("[1-9][0-9]* moved, 1 stay");
    eventuallyLeft(1);
  }

  @Test
  void aDryRunListsAndMovesNothing() throws Exception {
    String user = Some.user();
    bury(Some.message(user, Some.tweetIds(1)));

    RedriveCommand.Outcome run = redrive(Map.of(), "--dry-run");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains(user, "1 would be moved, 0 stay");
    eventuallyLeft(1);
    assertThat(doors.stored(user)).isEmpty();
  }

  /** The worst moment to be killed is just before it deletes what it has sent. */
  @Test
  void nothingIsLostWhenItIsKilledBetweenSendingAndDeleting(@TempDir Path folder) throws Exception {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(1);
    bury(Some.message(user, tweets));

    RedriveCommand.Outcome killed = redrive(Map.of("PATH", whichKillsAtDelete(folder)));

    assertThat(killed.exitCode()).as(killed.output()).isGreaterThan(128);
    doors.eventuallyStores(user, tweets);
    eventuallyLeft(1);

    doors.eventually(
        () -> {
          assertThat(redrive(Map.of()).exitCode()).isZero();
          assertThat(doors.messagesIn(deadLetterQueue)).isZero();
        });
    doors.eventuallyStores(user, tweets);
  }

  @Test
  void withoutTwoQueuesItSaysWhatItWants() throws Exception {
    RedriveCommand.Outcome run =
        RedriveCommand.runWith(stage, Map.of(), List.of(stage.output("QueueUrl")));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("usage: ");
  }

  private void bury(String body) {
    doors.sendTo(deadLetterQueue, body);
  }

  /** Waits until so many messages are left, also those that bin/redrive has just hidden. */
  private void eventuallyLeft(int messages) {
    doors.eventually(() -> assertThat(doors.messagesIn(deadLetterQueue)).isEqualTo(messages));
  }

  private RedriveCommand.Outcome redrive(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    return RedriveCommand.run(stage, environment, deadLetterQueue, options);
  }

  /** A PATH with an aws command that kills its parent instead of deleting. */
  private static String whichKillsAtDelete(Path folder) throws IOException {
    String path = System.getenv("PATH");
    Path aws =
        Files.writeString(
            folder.resolve("aws"),
            """
            #!/bin/sh
            case " $* " in *" delete-message "*) kill -KILL $PPID; exit 1 ;; esac
            PATH=REAL_PATH
            exec aws "$@"
            """
                .replace("REAL_PATH", "'" + path + "'"),
            UTF_8);
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwx------"));
    return folder + File.pathSeparator + path;
  }

  /** As SNS delivers to a queue what it could not deliver to the function. */
  private static String notification(String user, String tweet) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "Type",
            "Notification",
            "MessageId",
            "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn",
            "arn:aws:sns:us-east-1:123456789012:likes",
            "Message",
            Some.message(user, List.of(tweet))));
  }

  private static Map<String, Object> snsEvent(String user, String tweet) {
    return Map.of(
        "EventSource",
        "aws:sns",
        "Sns",
        Map.of("Type", "Notification", "Message", Some.message(user, List.of(tweet))));
  }

  private static Map<String, Object> s3Event(String key) {
    return Map.of(
        "eventSource",
        "aws:s3",
        "s3",
        Map.of("bucket", Map.of("name", "archives"), "object", Map.of("key", key)));
  }

  /** As Lambda sends to a queue the event whose last attempt has failed. */
  private static String onFailure(Map<String, Object> event) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "version",
            "1.0",
            "requestContext",
            Map.of("condition", "RetriesExhausted", "approximateInvokeCount", 3),
            "requestPayload",
            Map.of("Records", List.of(event))));
  }
}
