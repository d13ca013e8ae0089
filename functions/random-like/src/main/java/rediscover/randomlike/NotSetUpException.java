package rediscover.randomlike;

/** Somebody has yet to set the application up; the message says what is missing. */
final class NotSetUpException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotSetUpException(String message) {
    super(message);
  }
}
