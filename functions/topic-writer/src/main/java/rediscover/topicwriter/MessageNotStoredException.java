package rediscover.topicwriter;

/** A message of the topic is malformed, or not all its likes were stored. It names the message. */
final class MessageNotStoredException extends RuntimeException {
  MessageNotStoredException(String messageId, RuntimeException cause) {
    super("SNS message %s was not stored: %s".formatted(messageId, cause.getMessage()), cause);
  }
}
