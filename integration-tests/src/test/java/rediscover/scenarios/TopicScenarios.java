package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The door of the topic: push. */
abstract class TopicScenarios {

  private final Doors doors;

  TopicScenarios(Doors doors) {
    this.doors = doors;
  }

  @Test
  void publishedLikesAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(3);

    doors.publish(Some.message(user, tweets));

    doors.eventually(
        () ->
            assertThat(doors.stored(user))
                .extracting(Doors.StoredLike::tweetId)
                .containsExactlyInAnyOrderElementsOf(tweets));
  }

  @Test
  void aLikeThatIsPublishedTwiceIsStoredOnce() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);

    doors.publish(Some.message(user, tweets.subList(0, 1)));
    doors.publish(Some.message(user, tweets.subList(0, 1)));
    doors.publish(Some.message(user, tweets));

    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(2));
  }

  @Test
  void aMessageThatCannotBeReadEndsInTheDeadLetterQueue() {
    String mark = Some.user();

    doors.publish("{\"user\":\"" + mark + "\"}");

    doors.eventually(() -> assertThat(doors.deadLetterWith(mark)).isPresent());
  }
}
