package rediscover.local;

/** Tells the user why the embedded run cannot start. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
