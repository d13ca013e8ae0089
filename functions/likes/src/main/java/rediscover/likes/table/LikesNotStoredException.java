package rediscover.likes.table;

/** Some likes were not stored. It is safe to store all of them again. */
public final class LikesNotStoredException extends RuntimeException {
  LikesNotStoredException(String message, Throwable firstFailure) {
    super(message, firstFailure);
  }
}
