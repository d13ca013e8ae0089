package rediscover.permissions.template;

/** A template that cannot be read; the message names the file, the path in it and what is wrong. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
