package rediscover.likes.aws;

/** Somebody has yet to set the application up. The message says what is missing, and no secret. */
public final class NotSetUpException extends RuntimeException {
  public NotSetUpException(String message) {
    super(message);
  }
}
