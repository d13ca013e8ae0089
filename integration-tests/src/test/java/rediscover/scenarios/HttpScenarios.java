package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The API: GET /u/{name}. */
abstract class HttpScenarios {

  private final Stage stage;
  private final Doors doors;

  HttpScenarios(Stage stage, Doors doors) {
    this.stage = stage;
    this.doors = doors;
  }

  @Test
  void aStoredLikeIsShown() {
    String user = Some.user();
    String tweet = Some.tweetIds(1).getFirst();
    doors.send(Some.message(user, List.of(tweet)));
    doors.eventuallyStores(user, List.of(tweet));

    HttpAnswer answer = stage.get("/u/" + user);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).hasValue("application/json");
    assertThat(answer.field("user")).isEqualTo(user);
    assertThat(answer.field("tweetId")).isEqualTo(tweet);
    assertThat(answer.field("text")).isEqualTo("text of " + tweet);
    assertThat(answer.field("url")).isEqualTo("https://x.com/i/status/" + tweet);
    assertThat(answer.field("cursor")).isNotBlank();
  }

  @Test
  void aNameIsTheSameInUpperAndLowerCase() {
    String user = Some.user();
    doors.send(Some.message(user, Some.tweetIds(1)));
    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(1));

    assertThat(stage.get("/u/" + user.toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
  }

  @Test
  void everyLikeIsShownOnceBeforeAnyComesAgain() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(12);
    doors.send(Some.message(user, tweets));
    doors.eventuallyStores(user, tweets);

    List<String> shown = new ArrayList<>();
    HttpAnswer answer = stage.get("/u/" + user);
    for (int i = 0; i < 12; i++) {
      shown.add(answer.field("tweetId"));
      answer = stage.get("/u/" + user + "?after=" + answer.field("cursor"));
    }

    assertThat(shown).containsExactlyInAnyOrderElementsOf(tweets);
    assertThat(answer.field("tweetId")).isEqualTo(shown.getFirst());
  }

  @Test
  void aLiveLikeIsShownAndThenAllOfItsPageIsStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(100);
    stage.x().hasLikes(user, tweets);

    HttpAnswer answer = stage.get("/u/" + user);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("tweetId")).isIn(tweets);
    assertThat(answer.field("text")).isEqualTo("live & " + answer.field("tweetId"));
    doors.eventuallyStores(user, tweets);
  }

  @Test
  void nobodysLikesAreKnownUnderAnUnknownName() {
    stage.requireTestStack("asks X for a user who does not exist, which costs money");

    assertProblem(stage.get("/u/" + Some.user()), 404);
  }

  @Test
  void aUserWhoLikesNothingHasNothingToShow() {
    String user = Some.user();
    stage.x().hasLikes(user, List.of());

    assertProblem(stage.get("/u/" + user), 404);
  }

  @Test
  void aVisitorAtTheLimitOfXIsToldWhenToComeBack() {
    String user = Some.user();
    long reset = Instant.now().getEpochSecond() + 600;
    stage.x().isLimited(user, reset);

    HttpAnswer answer = stage.get("/u/" + user);

    assertProblem(answer, 429);
    assertThat(answer.header("retry-after").map(Long::parseLong).orElseThrow())
        .isBetween(reset - Instant.now().getEpochSecond() - 1, 600L);
  }

  @Test
  void aFailureOfXIsSaidToBeOne() {
    String user = Some.user();
    stage.x().isBroken(user);

    assertProblem(stage.get("/u/" + user), 502);
  }

  private static void assertProblem(HttpAnswer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).hasValue("application/problem+json");
    assertThat(answer.field("status")).isEqualTo(Integer.toString(status));
    assertThat(answer.field("requestId")).isNotBlank();
  }
}
