package rediscover.local.application;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route of the HTTP API: a method, and a path that may have variables, such as {@code /u/{name}}.
 *
 * @param function the ARN of the function behind it
 */
public record Route(String method, String path, String function) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_]+)}");

  /** API Gateway's route key, such as <code>GET /u/{name}</code>. */
  public String key() {
    return method + " " + path;
  }

  /**
   * A text that sorts more specific routes first, from left to right: of two routes that match, API
   * Gateway takes the more specific one.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">
   *     Routing API requests</a>
   */
  public String rank() {
    return VARIABLE.matcher(path).replaceAll("\uffff");
  }

  /** The variables' values, still encoded, if the route matches the request. */
  public Optional<Map<String, String>> match(String requestMethod, String requestPath) {
    if (!method.equals(requestMethod)) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    var pattern = new StringBuilder();
    Matcher variables = VARIABLE.matcher(path);
    int end = 0;
    while (variables.find()) {
      pattern.append(Pattern.quote(path.substring(end, variables.start()))).append("([^/]+)");
      names.add(variables.group(1));
      end = variables.end();
    }
    pattern.append(Pattern.quote(path.substring(end)));
    Matcher values = Pattern.compile(pattern.toString()).matcher(requestPath);
    if (!values.matches()) {
      return Optional.empty();
    }
    Map<String, String> variableValues = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      variableValues.put(names.get(i), values.group(i + 1));
    }
    return Optional.of(variableValues);
  }
}
