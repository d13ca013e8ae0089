package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A topic and a queue of another account, whose likes are stored in this one. */
abstract class TwoAccountsScenarios {

  private final Stage stage;
  private final Doors doors;

  TwoAccountsScenarios(Stage stage, Doors doors) {
    this.stage = stage;
    this.doors = doors;
  }

  /** Otherwise the other scenarios would prove nothing. */
  @Test
  void theOtherTopicAndQueueAreInAnotherAccount() {
    String account = account(stage.output("TopicArn"));
    String other = account(stage.output("OtherTopicArn"));

    assertThat(other).isNotEqualTo(account);
    assertThat(stage.output("QueueUrl")).contains("/" + account + "/");
    assertThat(stage.output("OtherQueueUrl")).contains("/" + other + "/");
  }

  private static String account(String arn) {
    return arn.split(":")[4];
  }

  @Test
  void whatAnotherAccountsTopicPushesIsStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);

    doors.publishTo(stage.output("OtherTopicArn"), Some.message(user, tweets));

    doors.eventuallyStores(user, tweets);
  }

  @Test
  void whatIsPolledFromAnotherAccountsQueueIsStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);

    doors.sendTo(stage.output("OtherQueueUrl"), Some.message(user, tweets));

    doors.eventuallyStores(user, tweets);
  }
}
