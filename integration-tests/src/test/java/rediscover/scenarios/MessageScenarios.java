package rediscover.scenarios;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages that another application brings, by the topic or by the queue. */
abstract class MessageScenarios {

  private final Doors doors;
  private final Consumer<String> door;

  /**
   * @param door takes a message
   */
  MessageScenarios(Doors doors, Consumer<String> door) {
    this.doors = doors;
    this.door = door;
  }

  @Test
  void theLikesOfAMessageAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(100);

    door.accept(Some.message(user, tweets));

    doors.eventuallyStores(user, tweets);
  }

  @Test
  void aLikeThatComesTwiceIsStoredOnce() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);

    door.accept(Some.message(user, tweets.subList(0, 1)));
    door.accept(Some.message(user, tweets.subList(0, 1)));
    door.accept(Some.message(user, tweets));

    doors.eventuallyStores(user, tweets);
  }
}
