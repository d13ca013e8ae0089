package rediscover.permissions.template;

/** A template cannot be read. The message gives the file, the place in it and the reason. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
