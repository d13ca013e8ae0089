package rediscover.likes.message;

/**
 * A message breaks the contract. The reason never quotes the message, so you can log it. It has no
 * cause for the same reason.
 */
public final class MalformedMessageException extends RuntimeException {
  public MalformedMessageException(String reason) {
    super(reason);
  }
}
