package rediscover.local;

/** Why the embedded run cannot start, in words for the person at the keyboard. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
