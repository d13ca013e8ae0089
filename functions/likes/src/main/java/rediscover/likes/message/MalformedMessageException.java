package rediscover.likes.message;

/**
 * A message that does not keep to the contract. What it says names what is wrong but never quotes
 * the message, so it can be logged; it has no cause for the same reason.
 */
public final class MalformedMessageException extends RuntimeException {
  public MalformedMessageException(String reason) {
    super(reason);
  }
}
