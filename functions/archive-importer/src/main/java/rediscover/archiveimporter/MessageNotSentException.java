package rediscover.archiveimporter;

/** The queue did not take a message; importing the archive again is safe. */
final class MessageNotSentException extends RuntimeException {
  MessageNotSentException(Throwable cause) {
    super("Not all likes were sent to the queue: " + cause.getMessage(), cause);
  }
}
