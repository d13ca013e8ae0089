package rediscover.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The permission map of two accounts as people use it: each of the four statements that let likes
 * cross the border is taken away, what refuses is read, and the statement is put back.
 */
class MapOfTwoAccountsIT extends SiteScenarios {

  private static final String HERE = "123456789012";
  private static final String THERE = "210987654321";

  @TempDir static Path data;

  @AutoClose static Chromium chromium;
  @AutoClose static Stage stage;
  @AutoClose static Doors doors;
  @AutoClose static LivePermissions permissions;

  @BeforeAll
  static void start() throws IOException {
    stage = EmbeddedStage.start(data, 2);
    doors = new Doors(stage);
    permissions = new LivePermissions(stage.awsEndpoint());
    chromium = Chromium.start();
  }

  @BeforeEach
  void openTheMap() {
    visitor = chromium.visitor(stage.awsEndpoint(), likes -> likes.setViewportSize(1400, 1000));
    visitor.open("/permissions.html");
    assertThat(visitor.live()).hasAttribute("data-state", "live");
    assertThat(picture("Two accounts")).hasAttribute("aria-current", "true");
  }

  @AfterEach
  void restoreAll() {
    permissions.reset();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # statement | account that refuses | what is denied | whose policy says so
          LikesTopicPolicy/LetAccountASubscribe    | 210987654321 | sns:Subscribe on LikesTopic               | resource-based
          TopicWriterFunction/OtherTopicPermission | 123456789012 | lambda:InvokeFunction on topic-writer     | resource-based
          LikesQueuePolicy/LetTheQueueWriterPoll   | 210987654321 | sqs:ReceiveMessage on LikesQueue          | resource-based
          QueueWriterRole/PollTheOtherQueue        | 123456789012 | sqs:ReceiveMessage on LikesQueue          | identity-based
          """)
  void eachOfTheFourIsMissedWhereItIsMissing(
      String statement, String account, String request, String policy) {
    visitor.switchOf(statement).click();
    assertThat(visitor.live()).containsText("Switched off: " + statement);
    sendFromThere(statement);

    Locator denial = visitor.denial();
    assertThat(denial).hasCount(1);
    assertThat(denial).containsText("Denied: " + request);
    assertThat(denial).containsText("Account " + account + " refuses.");
    String action = request.substring(0, request.indexOf(' '));
    assertThat(denial)
        .containsText("Because no " + policy + " policy allows the " + action + " action.");
    assertThat(denial).containsText("Missing: " + statement + ", which is switched off.");
    Locator denied = visitor.page().locator(".arrow[data-state=denied]");
    assertThat(denied).hasCount(1);
    assertThat(denied).hasAttribute("data-account", THERE);
    denial.scrollIntoViewIfNeeded();
    visitor.takePicture("two-accounts-without-" + statement.replaceFirst(".*/", ""));

    visitor.button("Switch it on again").click();
    assertThat(denial).hasCount(0);
    assertThat(visitor.live()).containsText("Every statement is on.");
    String user = sendFromThere(statement);
    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(1));
  }

  @Test
  void withoutBothSidesTheDenialIsOnTheArrowThatCrossesTheBorder() {
    List<String> both =
        List.of("LikesQueuePolicy/LetTheQueueWriterPoll", "QueueWriterRole/PollTheOtherQueue");
    both.forEach(statement -> visitor.switchOf(statement).click());

    Locator denied = visitor.page().locator(".arrow[data-state=denied]");
    assertThat(denied).hasCount(1);
    assertThat(denied).hasAttribute("data-account", THERE);
    assertThat(denied).containsText("LikesQueue");
  }

  @Test
  void likesOfEitherAccountPulseOnTheirOwnArrow() {
    Locator ours = pushFrom(HERE);
    Locator theirs = pushFrom(THERE);
    doors.publish(Some.message(Some.user(), Some.tweetIds(1)));
    assertThat(ours).hasText("1");
    assertThat(theirs).isHidden();

    doors.publishTo(stage.output("OtherTopicArn"), Some.message(Some.user(), Some.tweetIds(1)));
    assertThat(theirs).hasText("1");
    assertThat(ours).hasText("1");
  }

  @Test
  void thePictureOfOneAccountSaysWhereTheLiveOneIs() {
    picture("One account").click();

    assertThat(visitor.live()).hasAttribute("data-state", "computed");
    assertThat(visitor.page().locator("#how"))
        .containsText("choose “Two accounts” to watch it live");
  }

  /** The link to a picture. A lesson may have a longer name with the same words. */
  private Locator picture(String name) {
    return visitor
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator pushFrom(String account) {
    return visitor
        .page()
        .locator(
            "[aria-labelledby=function-TopicWriterFunction] .arrow.push[data-account='"
                + account
                + "'] .count");
  }

  /** Sends a like through the door of the other account that the statement is about. */
  private static String sendFromThere(String statement) {
    String user = Some.user();
    String message = Some.message(user, Some.tweetIds(1));
    if (statement.contains("Topic")) {
      doors.publishTo(stage.output("OtherTopicArn"), message);
    } else {
      doors.sendTo(stage.output("OtherQueueUrl"), message);
    }
    return user;
  }
}
