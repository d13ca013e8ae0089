package rediscover.likes;

import java.util.Map;

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
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalStateException("The environment variable " + name + " is missing");
    }
    return value;
  }
}
