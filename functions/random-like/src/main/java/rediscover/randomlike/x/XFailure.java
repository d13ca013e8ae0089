package rediscover.randomlike.x;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import twitter4j.TwitterException;

/**
 * Maps an error of X to an outcome. A reason contains only the status, the error code and the class
 * of the cause, because the exception's message quotes X over several lines.
 */
final class XFailure {

  /**
   * X counts requests in windows of this length: https://docs.x.com/x-api/fundamentals/rate-limits
   */
  private static final Duration RATE_LIMIT_WINDOW = Duration.ofMinutes(15);

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** v1.1's error code for an endpoint that the account's plan does not include. */
  private static final int NOT_IN_THIS_PLAN = 453;

  /**
   * In a 403, these mean that X rejects the app, not this request:
   * https://docs.x.com/x-api/fundamentals/response-codes-and-errors
   */
  private static final List<String> APP_PROBLEMS =
      List.of(
          "client-not-enrolled",
          "client-forbidden",
          "oauth1-permissions",
          "unsupported-authentication");

  private XFailure() {}

  static LikedPage of(TwitterException e) {
    return switch (e.getStatusCode()) {
      case 401 -> isAboutAProtectedUser(e) ? new LikedPage.NoLikes() : refused(e);
      case 402 -> new LikedPage.Failed(statusOf(e) + ": the X account's credits are used up");
      case 403 ->
          appProblem(e)
              .<LikedPage>map(problem -> new LikedPage.Failed(statusOf(e) + ": " + problem))
              .orElseGet(LikedPage.NoLikes::new);
      case 404 -> new LikedPage.NoLikes();
      case 429 -> new LikedPage.RateLimited(retryAfter(e));
      // Twitter4J has no status if the connection failed, or if an error has no body: its
      // HttpResponseImpl then asks for an input stream that does not exist.
      case -1 -> new LikedPage.Failed("no readable answer" + causeOf(e));
      default -> new LikedPage.Failed(statusOf(e));
    };
  }

  private static LikedPage refused(TwitterException e) {
    return new LikedPage.Refused(statusOf(e));
  }

  /** v1.1 answers 401 without an error code here, although the credentials are right. */
  private static boolean isAboutAProtectedUser(TwitterException e) {
    return e.getErrorCode() == -1 && e.getMessage().contains("\"Not authorized.\"");
  }

  private static Optional<String> appProblem(TwitterException e) {
    if (e.getErrorCode() == NOT_IN_THIS_PLAN) {
      return Optional.of("the X account's plan does not include this API");
    }
    // The exception's message holds the body, unless it holds an error code of v1.1.
    return APP_PROBLEMS.stream().filter(e.getMessage()::contains).findFirst();
  }

  private static Duration retryAfter(TwitterException e) {
    Duration wait =
        seconds(e, "x-rate-limit-reset", "X-Rate-Limit-Reset")
            .map(reset -> Duration.between(Instant.now(), Instant.ofEpochSecond(reset)))
            .or(() -> seconds(e, "retry-after", "Retry-After").map(Duration::ofSeconds))
            .orElse(RATE_LIMIT_WINDOW);
    if (wait.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** A header that is a number of seconds, of at most ten digits. */
  private static Optional<Long> seconds(TwitterException e, String... spellings) {
    return Stream.of(spellings)
        .flatMap(name -> header(e, name).stream())
        .filter(value -> value.matches("[0-9]{1,10}"))
        .map(Long::valueOf)
        .findFirst();
  }

  private static Optional<String> header(TwitterException e, String name) {
    try {
      return Optional.ofNullable(e.getResponseHeader(name));
    } catch (NullPointerException absent) {
      // Twitter4J throws this if the answer has no header with this spelling.
      return Optional.empty();
    }
  }

  private static String statusOf(TwitterException e) {
    String code = e.getErrorCode() == -1 ? "" : ", error code " + e.getErrorCode();
    return "X answered " + e.getStatusCode() + code;
  }

  private static String causeOf(TwitterException e) {
    return e.getCause() == null ? "" : " (" + e.getCause().getClass().getSimpleName() + ")";
  }
}
