package rediscover.randomlike.x;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rediscover.randomlike.x.XStub.answer;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.randomlike.x.XStub.Version;
import rediscover.support.ClosedPort;

/** Both versions of X's API, asked for a page of likes. */
class XApiTest {

  private static final XCredentials CREDENTIALS =
      new XCredentials("key-1", "key-secret-1", "12-token-1", "token-secret-1");
  private static final String WORDS_OF_X = "words-of-x";

  @AutoClose private static final XStub x = new XStub();

  @BeforeEach
  void forget() {
    x.forget();
  }

  @ParameterizedTest
  @EnumSource
  void aPageOfLikesArrivesWithPlainTexts(Version version) {
    x.hasLikes(List.of("1697051672621597026", "20"), "Tom &amp; Jerry &lt;3 \uD83D\uDE00");

    assertThat(ask(version))
        .isEqualTo(
            new LikedPage.Likes(
                List.of(
                    like("1697051672621597026", "Tom & Jerry <3 \uD83D\uDE00"),
                    like("20", "Tom & Jerry <3 \uD83D\uDE00"))));
  }

  @ParameterizedTest
  @EnumSource
  void aFullPageIsTakenWhole(Version version) {
    List<String> ids = IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).toList();
    x.hasLikes(ids, "hi");

    assertThat(ask(version))
        .isInstanceOfSatisfying(
            LikedPage.Likes.class,
            page -> assertThat(page.likes()).extracting(Like::tweetId).isEqualTo(ids));
  }

  @ParameterizedTest
  @EnumSource
  void anEntityIsUnescapedOnce(Version version) {
    x.hasLikes(List.of("1"), "&amp;lt;");

    assertThat(ask(version)).isEqualTo(new LikedPage.Likes(List.of(like("1", "&lt;"))));
  }

  @ParameterizedTest
  @EnumSource
  void aPostWithoutTextIsALike(Version version) {
    String post = version == Version.V2 ? "{\"data\":[{\"id\":\"7\"}]}" : "[{\"id\":7}]";
    x.answers(version.likesPath, answer(200, post));

    assertThat(ask(version)).isEqualTo(new LikedPage.Likes(List.of(Like.of("7"))));
  }

  @ParameterizedTest
  @EnumSource
  void oneSignedRequestAsksForOneHundredLikes(Version version) {
    x.hasLikes(List.of("1"), "hi");

    ask(version);

    var requests = x.server.findAll(getRequestedFor(urlPathEqualTo(version.likesPath)));
    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().getUrl())
        .contains(version == Version.V2 ? "?max_results=100" : "?screen_name=bob&count=100");
    assertThat(requests.getFirst().getHeader("Authorization"))
        .startsWith("OAuth ")
        .contains("oauth_consumer_key=\"key-1\"", "oauth_token=\"12-token-1\"", "oauth_signature=")
        .doesNotContain("secret-1");
  }

  @ParameterizedTest
  @EnumSource
  void aSlashAtTheEndOfTheAddressDoesNotMatter(Version version) {
    x.hasLikes(List.of("1"), "hi");

    assertThat(ask(XApi.ofVersion(version.name, x.url() + "/")))
        .isInstanceOf(LikedPage.Likes.class);
  }

  @Test
  void anotherVersionThanTheTwoIsRefused() {
    assertThatThrownBy(() -> XApi.ofVersion("3", x.url()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 or 1.1");
  }

  static Stream<Arguments> answersThatMeanThatNobodyIsKnown() {
    return Stream.of(
        Arguments.of(Version.V2, answer(200, "{\"meta\":{\"result_count\":0}}")),
        Arguments.of(Version.V2, answer(200, "{\"data\":[],\"meta\":{\"result_count\":0}}")),
        Arguments.of(Version.V2, answer(200, "{\"errors\":[{\"title\":\"Authorization Error\"}]}")),
        Arguments.of(Version.V2, answer(403, problem("about:blank"))),
        Arguments.of(Version.V2, answer(404, problem("about:blank"))),
        Arguments.of(Version.V1, answer(200, "[]")),
        Arguments.of(Version.V1, answer(401, "{\"request\":\"/\",\"error\":\"Not authorized.\"}")),
        Arguments.of(Version.V1, answer(403, error(179))),
        Arguments.of(Version.V1, answer(404, error(34))));
  }

  @ParameterizedTest
  @MethodSource("answersThatMeanThatNobodyIsKnown")
  void nobodyIsKnown(Version version, ResponseDefinitionBuilder answer) {
    x.answers(version.likesPath, answer);

    assertThat(ask(version)).isEqualTo(new LikedPage.NoLikes());
  }

  static Stream<ResponseDefinitionBuilder> answersToAnUnknownName() {
    return Stream.of(
        answer(
            200, "{\"errors\":[{\"type\":\"https://api.x.com/2/problems/resource-not-found\"}]}"),
        answer(404, problem("about:blank")));
  }

  @ParameterizedTest
  @MethodSource("answersToAnUnknownName")
  void aNameThatXDoesNotKnowNeedsNoSecondRequest(ResponseDefinitionBuilder answer) {
    x.answers(XStub.LOOKUP_PATH, answer);

    assertThat(ask(Version.V2)).isEqualTo(new LikedPage.NoLikes());
    assertThat(x.server.getAllServeEvents()).hasSize(1);
  }

  static Stream<Arguments> answersThatRefuseTheCredentials() {
    return Stream.of(
        Arguments.of(Version.V2, problem("about:blank"), "X answered 401"),
        Arguments.of(Version.V2, error(32), "X answered 401, error code 32"),
        Arguments.of(Version.V1, error(89), "X answered 401, error code 89"));
  }

  @ParameterizedTest
  @MethodSource("answersThatRefuseTheCredentials")
  void credentialsThatXRefusesAreToldFromOtherFailures(
      Version version, String body, String reason) {
    x.answers(version.likesPath, answer(401, body));

    assertThat(ask(version)).isEqualTo(new LikedPage.Refused(reason));
  }

  static Stream<Arguments> answersThatAreFailures() {
    return Stream.of(
        Arguments.of(400, problem("about:blank"), "X answered 400"),
        Arguments.of(402, problem("about:blank"), "credits"),
        Arguments.of(403, error(453), "X answered 403, error code 453"),
        Arguments.of(403, problem("https://api.x.com/2/problems/client-forbidden"), "client-forb"),
        Arguments.of(403, "{\"reason\":\"client-not-enrolled\"}", "client-not-enrolled"),
        Arguments.of(403, problem("https://api.x.com/2/problems/oauth1-permissions"), "oauth1-"),
        Arguments.of(301, "", "X answered 301"),
        Arguments.of(500, error(131), "X answered 500, error code 131"),
        Arguments.of(502, "<html>" + WORDS_OF_X + "</html>", "X answered 502"),
        Arguments.of(503, error(130), "X answered 503, error code 130"));
  }

  @ParameterizedTest
  @MethodSource("answersThatAreFailures")
  void aFailureIsNamedByItsStatus(int status, String body, String reason) {
    for (Version version : Version.values()) {
      x.answers(version.likesPath, answer(status, body).withHeader("Location", x.url()));

      assertThat(ask(version)).satisfies(page -> hasFailed(page, reason));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorWithoutABodyIsAFailure(Version version) {
    for (int status : List.of(400, 401, 402, 403, 404, 410, 429, 500, 502, 503)) {
      x.answers(version.likesPath, answer(status, null).withHeader("Content-Length", "0"));

      assertThat(ask(version)).satisfies(page -> hasFailed(page, "no readable answer"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsNotWhatTheApiDescribesIsAFailure(Version version) {
    List<String> bodies =
        List.of(
            "",
            "null",
            "{",
            "{}",
            "[null]",
            "[[[[",
            "<html>" + WORDS_OF_X + "</html>",
            "{\"data\":5}",
            "{\"data\":[5]}",
            "{\"data\":[{\"text\":\"" + WORDS_OF_X + "\"}]}",
            "{\"data\":[{\"id\":\"" + WORDS_OF_X + "\"}]}",
            "{\"meta\":{}}",
            "[{\"id\":\"" + WORDS_OF_X + "\"}]",
            "[{\"id_str\":\"1\"}]",
            "[{\"id\":1,\"created_at\":\"2026-01-01T00:00:00Z\"}]");
    for (String body : bodies) {
      x.answers(version.likesPath, answer(200, body));

      assertThat(ask(version)).as(body).satisfies(page -> hasFailed(page, ""));
    }
  }

  @Test
  void aUserIdThatIsNoneDoesNotGetIntoAnAddress() {
    x.answers(XStub.LOOKUP_PATH, answer(200, "{\"data\":{\"id\":\"../../1.1/x\"}}"));

    assertThat(ask(Version.V2)).satisfies(page -> hasFailed(page, "user ID"));
    assertThat(x.server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void anEndlessAnswerIsNotKeptInMemory() {
    x.answers(Version.V2.likesPath, answer(200, "[".repeat(1 << 21)));

    assertThat(ask(Version.V2)).satisfies(page -> hasFailed(page, "longer than 1 MiB"));
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatBreaksIsAFailure(Version version) {
    for (Fault fault : List.of(Fault.EMPTY_RESPONSE, Fault.MALFORMED_RESPONSE_CHUNK)) {
      x.answers(version.likesPath, answer(200, null).withFault(fault));

      assertThat(ask(version)).as(fault.name()).satisfies(page -> hasFailed(page, ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedConnectionIsAFailure(Version version) throws IOException {
    try (ClosedPort nobody = new ClosedPort()) {
      assertThat(ask(XApi.ofVersion(version.name, nobody.address().toString())))
          .satisfies(page -> hasFailed(page, "ConnectException"));
    }
  }

  static Stream<Arguments> waits() {
    Duration window = Duration.ofMinutes(15);
    return Stream.of(
        Arguments.of("x-rate-limit-reset", "1", Duration.ofSeconds(1)),
        Arguments.of("x-rate-limit-reset", "9999999999", Duration.ofDays(1)),
        Arguments.of("x-rate-limit-reset", "99999999999999999999", window),
        Arguments.of("x-rate-limit-reset", "soon", window),
        Arguments.of("retry-after", "33", Duration.ofSeconds(33)),
        Arguments.of("Retry-After", "33", Duration.ofSeconds(33)),
        Arguments.of("retry-after", "0", Duration.ofSeconds(1)),
        Arguments.of("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT", window),
        Arguments.of("x-other", "1", window));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void xSaysHowLongToWaitAtItsLimit(String header, String value, Duration wait) {
    for (Version version : Version.values()) {
      x.answers(version.likesPath, answer(429, error(88)).withHeader(header, value));

      assertThat(ask(version)).isEqualTo(new LikedPage.RateLimited(wait));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-rate-limit-reset", "X-Rate-Limit-Reset"})
  void xSaysUntilWhenToWaitAtItsLimit(String header) {
    for (Version version : Version.values()) {
      Instant before = Instant.now();
      Instant reset = before.plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
      x.answers(
          version.likesPath,
          answer(429, error(88)).withHeader(header, Long.toString(reset.getEpochSecond())));

      LikedPage page = ask(version);

      assertThat(page)
          .isInstanceOfSatisfying(
              LikedPage.RateLimited.class,
              limited ->
                  assertThat(limited.retryAfter())
                      .isBetween(
                          Duration.between(Instant.now(), reset), Duration.between(before, reset)));
    }
  }

  @Test
  void theLimitOfLookingUpNamesIsALimit() {
    x.answers(XStub.LOOKUP_PATH, answer(429, problem("about:blank")));

    assertThat(ask(Version.V2)).isEqualTo(new LikedPage.RateLimited(Duration.ofMinutes(15)));
  }

  private LikedPage ask(Version version) {
    return ask(XApi.ofVersion(version.name, x.url()));
  }

  private static LikedPage ask(XApi api) {
    return api.likesOf(new UserName(XStub.USER), CREDENTIALS);
  }

  private static void hasFailed(LikedPage page, String reason) {
    assertThat(page)
        .isInstanceOfSatisfying(
            LikedPage.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .contains(reason)
                    .doesNotContain(WORDS_OF_X, "secret-1", "\n"));
  }

  private static Like like(String tweetId, String text) {
    return new Like(tweetId, Optional.of(text), Optional.empty());
  }

  private static String problem(String type) {
    return "{\"type\":\"%s\",\"title\":\"%s\",\"detail\":\"%2$s\"}".formatted(type, WORDS_OF_X);
  }

  private static String error(int code) {
    return "{\"errors\":[{\"code\":%d,\"message\":\"%s\"}]}".formatted(code, WORDS_OF_X);
  }
}
