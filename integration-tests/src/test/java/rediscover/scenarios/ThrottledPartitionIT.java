package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.scenarios.Inventory.DeadLetter;
import rediscover.scenarios.Inventory.Key;

/**
 * DynamoDB throttles the partition of one user for a minute, and the partition of another for
 * longer than five attempts at a message take. Their messages come in one batch with those of
 * others.
 *
 * <p>The minute is a real one, and the functions have the timeouts of template.yaml: an attempt at
 * a throttled message takes queue-writer 28 seconds. Between two attempts the embedded run waits a
 * second, where SQS waits for {@code RetrySeconds}: the fifth one ends after two and a half
 * minutes, not after more than a quarter of an hour.
 */
@Order(2)
class ThrottledPartitionIT {

  private static final String POLLING = "QueueWriterRole/PollTheQueue";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGER_THAN_THE_TEST = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MESSAGES_IN_A_BATCH = 10;

  private record Likes(String user, List<String> tweetIds) {

    static Likes of(String user) {
      return new Likes(user, Some.tweetIds(3));
    }

    String message() {
      return Some.message(user, tweetIds);
    }

    Stream<Key> keys() {
      return tweetIds.stream().map(id -> new Key(user, id));
    }
  }

  @Test
  void onlyWhatWasNotStoredIsInTheDeadLetterQueue(@TempDir Path data) throws IOException {
    Likes forAMinute = Likes.of(Some.user());
    Likes forLonger = Likes.of(Some.user());
    List<Likes> batch = new ArrayList<>(List.of(forAMinute, forLonger));
    while (batch.size() < MESSAGES_IN_A_BATCH) {
      batch.add(Likes.of(Some.user()));
    }
    List<Likes> published = List.of(Likes.of(forLonger.user()), Likes.of(Some.user()));
    var plan =
        new ThrottledPartitions(
            Map.of(forAMinute.user(), MINUTE, forLonger.user(), LONGER_THAN_THE_TEST));

    try (var stage = EmbeddedStage.startFaulty(data, plan);
        var doors = new Doors(stage);
        var permissions = new LivePermissions(stage.awsEndpoint());
        var inventory = new Inventory(stage, data)) {
      awaitThatNothingIsOnTheWay(inventory); // The sample's likes come first.
      stopPolling(permissions); // What is sent now arrives in one batch.
      batch.forEach(likes -> doors.send(likes.message()));
      permissions.reset();
      published.forEach(likes -> doors.publish(likes.message()));
      awaitThatNothingIsOnTheWay(inventory);

      // On a very busy machine, calls of DynamoDB Local take seconds. Then the sample's likes are
      // dead letters, too.
      Predicate<Key> ofTheTest = key -> !key.user().equals("sample");
      Predicate<Key> dead = key -> key.user().equals(forLonger.user());
      Set<Key> sent =
          Stream.of(batch, published)
              .flatMap(List::stream)
              .flatMap(Likes::keys)
              .collect(Collectors.toSet());
      assertThat(inventory.stored().keySet())
          .as("in the table")
          .filteredOn(ofTheTest)
          .containsExactlyInAnyOrderElementsOf(sent.stream().filter(dead.negate()).toList());
      assertThat(inventory.takeDeadLetters())
          .as("in the dead-letter queue")
          .flatMap(DeadLetter::likes)
          .filteredOn(ofTheTest)
          .hasSameElementsAs(sent.stream().filter(dead).toList());
    }
  }

  private static void awaitThatNothingIsOnTheWay(Inventory inventory) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> inventory.onTheWay() == 0);
  }

  private static void stopPolling(LivePermissions permissions) {
    permissions.switchOff(POLLING);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                permissions.seen().stream()
                    .anyMatch(
                        access ->
                            !access.allowed() && "sqs:ReceiveMessage".equals(access.action())));
  }
}
