package rediscover.likes;

import java.util.Map;
import java.util.Optional;

/** The environment variables that tell a function where its parts are. */
public final class Environment {
  private final Map<String, String> variables;

  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** What this process was started with. */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /**
   * The value of a variable without which the function cannot work.
   *
   * @throws IllegalStateException if the variable is missing or blank; it names the variable
   */
  public String required(String name) {
    return optional(name)
        .orElseThrow(
            () -> new IllegalStateException("The environment variable " + name + " is missing"));
  }

  /** The value of a variable, unless it is missing or blank. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
