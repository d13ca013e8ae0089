package rediscover.likes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.support.Environment;
import rediscover.support.Gathering;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

class LikesTableTest {
  private static final UserName USER = new UserName("sample");
  private static final Optional<String> TEXT = Optional.of("a text");
  private static final Optional<String> URL = Optional.of("https://twitter.com/i/web/status/20");

  private final InMemoryTable dynamoDb = new InMemoryTable();
  private final LikesTable table = new LikesTable(dynamoDb, InMemoryTable.NAME, new Random(7));

  @Test
  void aLikeIsStoredUnderItsUserAndPosition() {
    Instant before = Instant.now().minusSeconds(1);
    store(USER, List.of(new Like("20", TEXT, URL)));

    assertThat(dynamoDb.items(USER)).hasSize(1);
    Map<String, String> item = new HashMap<>();
    dynamoDb.items(USER).getFirst().forEach((name, value) -> item.put(name, value.s()));
    assertThat(Instant.parse(item.remove("storedAt"))).isBetween(before, Instant.now());
    assertThat(item)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "user", "sample",
                "position", Position.of(Like.of("20")).value(),
                "tweetId", "20",
                "text", TEXT.orElseThrow(),
                "url", URL.orElseThrow()));
  }

  @Test
  void aLikeStoredTwiceIsStoredOnce() {
    Like like = new Like("20", TEXT, URL);
    store(USER, List.of(like, like));
    store(USER, List.of(like));
    assertThat(dynamoDb.likes(USER)).containsExactly(like);
  }

  @Test
  void aLikeThatKnowsLessNeverReplacesOneThatKnowsMore() {
    Like full = new Like("20", TEXT, URL);
    Like textOnly = new Like("20", TEXT, Optional.empty());
    Like urlOnly = new Like("20", Optional.empty(), URL);
    Like idOnly = Like.of("20");

    for (Like more : List.of(full, textOnly, urlOnly, idOnly)) {
      for (Like less : List.of(full, textOnly, urlOnly, idOnly)) {
        assertThat(storedAfter(more, less))
            .as("%s, then %s", more, less)
            .isEqualTo(knowledge(less) > knowledge(more) ? less : more);
      }
    }
  }

  @Test
  void allLikesAreTriedAndOneFailureIsThrown() {
    List<Like> likes = likes(50);
    dynamoDb.beforePut(
        tweetId -> {
          if (tweetId.endsWith("3")) {
            throw ProvisionedThroughputExceededException.builder().message("slow down").build();
          }
        });

    assertThatExceptionOfType(LikesNotStoredException.class)
        .isThrownBy(() -> store(USER, likes))
        .withMessageStartingWith("5 of 50 likes were not stored: ")
        .withMessageContaining("slow down")
        .withCauseInstanceOf(ProvisionedThroughputExceededException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(4));
    assertThat(dynamoDb.likes(USER)).hasSize(45);

    dynamoDb.beforePut(tweetId -> {});
    store(USER, likes);
    assertThat(dynamoDb.likes(USER)).hasSize(50);
  }

  @Test
  void likesAreStoredTogetherNotOneAfterTheOther() {
    Gathering together = new Gathering(100);
    dynamoDb.beforePut(tweetId -> together.join());

    store(USER, likes(100));

    assertThat(dynamoDb.likes(USER)).hasSize(100);
  }

  @Test
  void afterTheDeadlineNothingIsTried() {
    Deadline passed = Deadline.in(Duration.ZERO);
    assertThatExceptionOfType(LikesNotStoredException.class)
        .isThrownBy(() -> table.store(USER, likes(2), passed))
        .withMessageStartingWith("2 of 2 likes were not stored: ")
        .withCauseInstanceOf(ApiCallTimeoutException.class);
    assertThatExceptionOfType(ApiCallTimeoutException.class)
        .isThrownBy(() -> table.random(USER, passed));
    assertThat(dynamoDb.likes(USER)).isEmpty();
    assertThat(dynamoDb.queries()).isZero();
  }

  @Test
  void anInterruptedCallerKeepsItsInterruption() {
    Thread.currentThread().interrupt();
    store(USER, likes(3));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(dynamoDb.likes(USER)).hasSize(3);
  }

  @Test
  void aUserWithoutLikesGetsNone() {
    store(new UserName("another"), likes(3));
    assertThat(table.random(USER, later())).isEmpty();
    assertThat(table.after(USER, Position.of(Like.of("1")), later())).isEmpty();
  }

  @Test
  void theRandomPickIsFair() {
    List<Like> likes = likes(1_000);
    store(USER, likes);

    Map<Like, Integer> drawn = draw(20_000);

    assertThat(drawn.values()).allMatch(times -> times <= 2.5 * 20);
    assertThat(drawn.keySet()).containsExactlyInAnyOrderElementsOf(likes);
    assertThat(dynamoDb.queries())
        .as("a second Query only near the ring's end")
        .isBetween(20_000, 22_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 39, 40, 41})
  void theRandomPickIsFairAmongFewLikesToo(int number) {
    List<Like> likes = likes(number);
    store(USER, likes);

    int mean = 1_000;
    Map<Like, Integer> drawn = draw(mean * number);

    assertThat(drawn.keySet()).containsExactlyInAnyOrderElementsOf(likes);
    // Five standard deviations and, from 41 likes on, what the gaps between them make of it.
    assertThat(drawn.values()).allMatch(times -> Math.abs(times - mean) < 0.25 * mean);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40, 250})
  void theRingComesToEveryLikeOnceBeforeAnyAgain(int number) {
    List<Like> likes = likes(number);
    store(USER, likes);
    Position anywhere = Position.random(new Random(3));

    List<Like> firstRound = walk(anywhere, number);
    assertThat(firstRound).containsExactlyInAnyOrderElementsOf(likes);
    assertThat(walk(Position.of(firstRound.getLast()), number)).isEqualTo(firstRound);
  }

  @Test
  void theWalkGoesOnWhereALikeIsGone() {
    List<Like> likes = likes(10);
    store(USER, likes);
    List<Like> round = walk(Position.of(Like.of("1")), 10);

    dynamoDb.delete(USER, round.get(4));

    assertThat(table.after(USER, Position.of(round.get(4)), later())).contains(round.get(5));
  }

  @Test
  void aStepCostsOneQueryAndTwoAtTheRingsEnd() {
    store(USER, likes(3));
    List<Like> ring = dynamoDb.likes(USER);

    table.after(USER, Position.of(ring.getFirst()), later());
    assertThat(dynamoDb.queries()).isEqualTo(1);
    assertThat(table.after(USER, Position.of(ring.getLast()), later())).contains(ring.getFirst());
    assertThat(dynamoDb.queries()).isEqualTo(3);
  }

  @Test
  void aMissingTableNameIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LikesTable.fromEnvironment(new ServiceClients(new Environment(Map.of()))))
        .withMessageContaining("LIKES_TABLE");
  }

  private void store(UserName user, List<Like> likes) {
    table.store(user, likes, later());
  }

  private static Deadline later() {
    return Deadline.in(Duration.ofMinutes(1));
  }

  private Like storedAfter(Like first, Like second) {
    dynamoDb.delete(USER, first);
    store(USER, List.of(first));
    store(USER, List.of(second));
    return dynamoDb.likes(USER).getFirst();
  }

  private static int knowledge(Like like) {
    return (like.text().isPresent() ? 2 : 0) + (like.url().isPresent() ? 1 : 0);
  }

  private Map<Like, Integer> draw(int times) {
    Map<Like, Integer> drawn = new HashMap<>();
    for (int i = 0; i < times; i++) {
      drawn.merge(table.random(USER, later()).orElseThrow(), 1, Integer::sum);
    }
    return drawn;
  }

  private List<Like> walk(Position from, int steps) {
    List<Like> walked = new ArrayList<>();
    Position cursor = from;
    for (int i = 0; i < steps; i++) {
      Like next = table.after(USER, cursor, later()).orElseThrow();
      walked.add(next);
      cursor = Position.of(next);
    }
    return walked;
  }

  private static List<Like> likes(int number) {
    return LongStream.range(0, number)
        .mapToObj(i -> Like.of(Long.toString(1_697_051_672_621_597_000L + i)))
        .toList();
  }
}
