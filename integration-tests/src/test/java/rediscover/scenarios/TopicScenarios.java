package rediscover.scenarios;

import org.junit.jupiter.api.Test;

/** Messages that are published to the topic, which pushes them. */
abstract class TopicScenarios extends MessageScenarios {

  private final Doors doors;

  TopicScenarios(Doors doors) {
    super(doors, doors::publish);
    this.doors = doors;
  }

  @Test
  void aMessageThatCannotBeReadEndsInTheDeadLetterQueue() {
    String mark = Some.user();

    doors.publish("{\"user\":\"" + mark + "\"}");

    doors.eventuallyBuries(mark);
  }
}
