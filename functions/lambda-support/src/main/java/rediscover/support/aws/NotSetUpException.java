package rediscover.support.aws;

/** A part of the application is not configured. The message names it and contains no secret. */
public final class NotSetUpException extends RuntimeException {
  public NotSetUpException(String message) {
    super(message);
  }
}
