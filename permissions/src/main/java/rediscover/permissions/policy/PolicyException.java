package rediscover.permissions.policy;

/**
 * A policy that cannot be read, or not evaluated for a request; the message names what is wrong.
 */
public final class PolicyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean located;

  PolicyException(String message) {
    this(message, null);
  }

  PolicyException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private PolicyException(String message, Throwable cause, boolean located) {
    super(message, cause);
    this.located = located;
  }

  /** The same, with the place in front if the part of the document knows it. */
  PolicyException at(Object part) {
    return !located && part instanceof Located place
        ? new PolicyException(place.location() + ": " + getMessage(), this, true)
        : this;
  }
}
