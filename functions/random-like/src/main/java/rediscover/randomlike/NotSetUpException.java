package rediscover.randomlike;

/** Somebody has yet to set the application up; the message says what is missing. */
final class NotSetUpException extends RuntimeException {

  NotSetUpException(String message) {
    super(message);
  }
}
