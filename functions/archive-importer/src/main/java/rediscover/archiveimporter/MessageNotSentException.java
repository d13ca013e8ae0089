package rediscover.archiveimporter;

/** The queue did not accept a message. It is safe to import the archive again. */
final class MessageNotSentException extends RuntimeException {
  MessageNotSentException(Throwable cause) {
    super("Not all likes were sent to the queue: " + cause.getMessage(), cause);
  }
}
