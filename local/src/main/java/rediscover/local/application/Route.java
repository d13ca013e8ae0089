package rediscover.local.application;

/**
 * A route of the HTTP API: a method, and a path that may have variables, such as {@code /u/{name}}.
 *
 * @param function the ARN of the function behind it
 */
public record Route(String method, String path, String function) {

  /** API Gateway's route key, such as <code>GET /u/{name}</code>. */
  public String key() {
    return method + " " + path;
  }
}
