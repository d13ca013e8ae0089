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

  /** Whether a variable is set, and not to nothing. */
  public boolean has(String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }

  /**
   * The value of a variable without which the function cannot work.
   *
   * @throws IllegalStateException if the variable is missing or blank; it names the variable
   */
  public String required(String name) {
    if (!has(name)) {
      throw new IllegalStateException("The environment variable " + name + " is missing");
    }
    return variables.get(name);
  }
}
