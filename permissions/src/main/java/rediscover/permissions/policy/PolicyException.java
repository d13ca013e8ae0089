package rediscover.permissions.policy;

/** A policy cannot be read, or cannot be evaluated for a request. The message says why. */
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

  /** Adds the place of a part of the document, if it is known. */
  PolicyException at(Object part) {
    return !located && part instanceof Located place
        ? new PolicyException(place.location() + ": " + getMessage(), this, true)
        : this;
  }
}
