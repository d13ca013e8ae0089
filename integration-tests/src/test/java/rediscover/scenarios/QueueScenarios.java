package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that are sent to the queue, from which they are pulled. */
abstract class QueueScenarios extends MessageScenarios {

  private final Doors doors;

  QueueScenarios(Doors doors) {
    super(doors, doors::send);
    this.doors = doors;
  }

  @Test
  void aPoisonMessageEndsInTheDeadLetterQueueAndTheOthersAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(4);
    String poison = "{\"user\":\"" + user + "\",\"likes\":\"none\"}";

    doors.send(Some.message(user, tweets.subList(0, 2)));
    doors.send(poison);
    doors.send(Some.message(user, tweets.subList(2, 4)));

    doors.eventuallyStores(user, tweets);
    doors.eventually(() -> assertThat(doors.deadLetterWith(user)).hasValue(poison));
  }
}
