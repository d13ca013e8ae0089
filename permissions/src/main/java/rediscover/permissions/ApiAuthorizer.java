package rediscover.permissions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rediscover.permissions.template.Properties;

/**
 * A Lambda authorizer of an HTTP API.
 *
 * @param name its name in the API's definition
 * @param function the ARN of the function
 * @param header its identity source
 * @param remembered how long API Gateway caches its answer for a value of the header
 */
public record ApiAuthorizer(String name, String function, String header, Duration remembered) {

  private static final String HEADER = "$request.header.";
  private static final Pattern FUNCTION_URI =
      Pattern.compile(
          "arn:[^:]+:apigateway:[^:]+:lambda:path/2015-03-31/functions/(arn:.+)/invocations");

  /**
   * Reads the authorizers from the API's definition in <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html">OpenAPI
   * with API Gateway's extensions</a>.
   *
   * @param api the properties of an HttpApi
   * @return by route, such as <code>GET /u/{name}</code>
   * @throws rediscover.permissions.template.TemplateException if the definition contains more than
   *     Lambda authorizers
   */
  public static Map<String, ApiAuthorizer> byRoute(Properties api) {
    Properties definition = api.object("DefinitionBody");
    definition.ignore("openapi", "info");
    Properties schemes = definition.object("components").object("securitySchemes");
    Map<String, ApiAuthorizer> authorizers = new LinkedHashMap<>();
    for (String name : schemes.names()) {
      authorizers.put(name, read(name, schemes.object(name)));
    }
    Map<String, ApiAuthorizer> byRoute = new LinkedHashMap<>();
    Properties paths = definition.object("paths");
    for (String path : paths.names()) {
      Properties methods = paths.object(path);
      for (String method : methods.names()) {
        for (String name : required(methods.object(method))) {
          if (!authorizers.containsKey(name)) {
            throw methods.object(method).refuse("security", "unknown security scheme " + name);
          }
          byRoute.put(method.toUpperCase(Locale.ROOT) + " " + path, authorizers.get(name));
        }
      }
    }
    definition.refuseUnread();
    return byRoute;
  }

  /** The names of a route's security schemes: one or none. */
  private static List<String> required(Properties route) {
    List<String> names = new ArrayList<>();
    for (Properties requirement : route.objects("security")) {
      names.addAll(requirement.names());
      requirement.names().forEach(requirement::ignore); // OAuth scopes
    }
    if (names.size() > 1) {
      throw route.refuse("security", "more than one authorizer is not supported");
    }
    return names;
  }

  private static ApiAuthorizer read(String name, Properties scheme) {
    // API Gateway reads only the extension.
    scheme.ignore("type", "in", "name");
    Properties authorizer = scheme.object("x-amazon-apigateway-authorizer");
    require(authorizer, "type", "request");
    require(authorizer, "authorizerPayloadFormatVersion", "2.0");
    require(authorizer, "enableSimpleResponses", "true");
    String source = authorizer.string("identitySource");
    if (!source.startsWith(HEADER) || source.contains(",")) {
      throw authorizer.refuse("identitySource", "only one header is supported");
    }
    Matcher function = FUNCTION_URI.matcher(authorizer.string("authorizerUri"));
    if (!function.matches()) {
      throw authorizer.refuse("authorizerUri", "must be the URI of a function's invocation");
    }
    int seconds = authorizer.integer("authorizerResultTtlInSeconds", 300);
    return new ApiAuthorizer(
        name, function.group(1), source.substring(HEADER.length()), Duration.ofSeconds(seconds));
  }

  private static void require(Properties authorizer, String property, String value) {
    if (!authorizer.string(property).equals(value)) {
      throw authorizer.refuse(property, "only " + value + " is supported");
    }
  }
}
