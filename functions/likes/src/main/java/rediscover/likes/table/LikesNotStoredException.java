package rediscover.likes.table;

/** Some likes did not reach the table. Storing all of them again is safe. */
public final class LikesNotStoredException extends RuntimeException {
  LikesNotStoredException(String message, Throwable firstFailure) {
    super(message, firstFailure);
  }
}
