package rediscover.permissions.policy;

/**
 * A policy that cannot be read, or not evaluated for a request; the message names what is wrong.
 */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PolicyException(String message) {
    super(message);
  }

  PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
