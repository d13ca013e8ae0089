package rediscover.support;

import java.util.Map;

/** The environment variables that configure a function. */
public final class Environment {
  private final Map<String, String> variables;

  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The environment of this process. */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /** Whether a variable is set and not blank. */
  public boolean has(String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }

  /**
   * The value of a variable that the function needs.
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
