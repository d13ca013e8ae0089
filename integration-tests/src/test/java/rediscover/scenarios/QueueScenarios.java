package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The door of the queue: pull. */
abstract class QueueScenarios {

  private final Doors doors;

  QueueScenarios(Doors doors) {
    this.doors = doors;
  }

  @Test
  void sentLikesAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(100);

    doors.send(Some.message(user, tweets));

    doors.eventually(
        () ->
            assertThat(doors.stored(user))
                .extracting(Doors.StoredLike::tweetId)
                .containsExactlyInAnyOrderElementsOf(tweets));
  }

  @Test
  void aLikeThatIsSentTwiceIsStoredOnce() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);

    doors.send(Some.message(user, tweets.subList(0, 1)));
    doors.send(Some.message(user, tweets.subList(0, 1)));
    doors.send(Some.message(user, tweets));

    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(2));
  }

  @Test
  void aPoisonMessageEndsInTheDeadLetterQueueAndTheOthersAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(4);
    String poison = "{\"user\":\"" + user + "\",\"likes\":\"none\"}";

    doors.send(Some.message(user, tweets.subList(0, 2)));
    doors.send(poison);
    doors.send(Some.message(user, tweets.subList(2, 4)));

    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(4));
    doors.eventually(() -> assertThat(doors.deadLetterWith(user)).hasValue(poison));
  }
}
