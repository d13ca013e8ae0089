package rediscover.topicwriter;

/** A message is malformed, or not all its likes were stored. The exception names the message. */
final class MessageNotStoredException extends RuntimeException {
  MessageNotStoredException(String messageId, RuntimeException cause) {
    super("SNS message %s was not stored: %s".formatted(messageId, cause.getMessage()), cause);
  }
}
