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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies in the dead-letter queue goes back by bin/redrive, whichever way it came there. They
 * are the first of their stage: dead letters of other scenarios would be moved as well, and come
 * back.
 */
@NeedsAwsCommand
abstract class RedriveScenarios {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage;
  private final Doors doors;

  RedriveScenarios(Stage stage, Doors doors) {
    stage.requireTestStack("moves every dead letter");
    this.stage = stage;
    this.doors = doors;
  }

  @Test
  void aMessageOfEveryOriginIsStoredAndTheRecordOfAnArchiveStays() throws Exception {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(4);
    // Blanks, tabs and line breaks between the parts, and letters of all kinds in them.
    doors.bury(
        "{\"user\":\"%s\",\n\t \"likes\":[{\"tweetId\":\"%s\",\"text\":\"Größe \\\"😀\\\"\"}]}"
            .formatted(user, tweets.get(0)));
    doors.bury(notification(user, tweets.get(1)));
    doors.bury(onFailure(snsEvent(user, tweets.get(2))));
    doors.bury(Some.message(user, tweets.subList(3, 4)));
    String archived = Some.user();
    doors.bury(onFailure(s3Event(archived + "/like.js")));

    RedriveCommand.Outcome run = RedriveCommand.run(stage, Map.of());

    assertThat(run.exitCode()).as(run.output()).isZero();
    doors.eventually(
        () ->
            assertThat(doors.stored(user))
                .extracting(Doors.StoredLike::tweetId)
                .containsExactlyInAnyOrderElementsOf(tweets));
    assertThat(doors.stored(user))
        .extracting(like -> like.text().orElse(""))
        .contains("Größe \"😀\"");
    assertThat(run.output())
        .contains(" stays: an archive", archived + "/like.js")
        .containsPattern("[0-9]+ moved, [1-9][0-9]* stay");
    doors.eventually(() -> assertThat(doors.deadLetterWith(archived)).isPresent());
  }

  @Test
  void aDryRunListsAndMovesNothing() throws Exception {
    String user = Some.user();
    doors.bury(Some.message(user, Some.tweetIds(1)));

    RedriveCommand.Outcome run = RedriveCommand.run(stage, Map.of(), "--dry-run");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains(user).containsPattern("[1-9][0-9]* would be moved");
    doors.eventually(() -> assertThat(doors.deadLetterWith(user)).isPresent());
    assertThat(doors.stored(user)).isEmpty();
  }

  /** Killed when it is about to delete what it has sent: the worst moment there is. */
  @Test
  void nothingIsLostWhenItIsKilledBetweenSendingAndDeleting(@TempDir Path folder) throws Exception {
    String user = Some.user();
    String tweet = Some.tweetIds(1).getFirst();
    doors.bury(Some.message(user, List.of(tweet)));

    RedriveCommand.Outcome killed =
        RedriveCommand.run(stage, Map.of("PATH", whichKillsAtDelete(folder, user)));

    assertThat(killed.exitCode()).as(killed.output()).isGreaterThan(128);
    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(1));
    doors.eventually(() -> assertThat(doors.deadLetterWith(user)).isPresent());

    doors.eventually(
        () -> {
          assertThat(RedriveCommand.run(stage, Map.of()).exitCode()).isZero();
          assertThat(doors.deadLetterWith(user)).isEmpty();
        });
    assertThat(doors.stored(user)).extracting(Doors.StoredLike::tweetId).containsExactly(tweet);
  }

  @Test
  void withoutTwoQueuesItSaysWhatItWants() throws Exception {
    RedriveCommand.Outcome run =
        RedriveCommand.runWith(stage, Map.of(), List.of(stage.output("QueueUrl")));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("usage: ");
  }

  /** A PATH with an aws command that sends, and kills its parent instead of deleting. */
  private static String whichKillsAtDelete(Path folder, String user) throws IOException {
    String path = System.getenv("PATH");
    Path aws =
        Files.writeString(
            folder.resolve("aws"),
            """
            #!/bin/sh
            PATH=$REAL_PATH
            case " $* " in
              *" send-message "*) cat "$(echo "$*" | sed 's/.*file:..\\([^ ]*\\).*/\\1/')" >"$0.sent" ;;
              *" delete-message "*) grep -q %s "$0.sent" && kill -KILL $PPID && exit 1 ;;
            esac
            exec aws "$@"
            """
                .replace("$REAL_PATH", "'" + path + "'")
                .formatted(user),
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
