package rediscover.keychecker;

/** There is no key to compare with, so nobody can be let in; the message says what is missing. */
final class NotSetUpException extends RuntimeException {

  NotSetUpException(String message) {
    super(message);
  }
}
