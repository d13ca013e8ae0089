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
 * A Lambda authorizer of an HTTP API: a function that says who may use a route.
 *
 * @param name as the API's definition has it
 * @param function its ARN
 * @param header the one whose value it judges, and is remembered by
 * @param remembered how long an answer holds for the same value
 */
public record ApiAuthorizer(String name, String function, String header, Duration remembered) {

  private static final String HEADER = "$request.header.";
  private static final Pattern FUNCTION_URI =
      Pattern.compile(
          "arn:[^:]+:apigateway:[^:]+:lambda:path/2015-03-31/functions/(arn:.+)/invocations");

  /**
   * The authorizer of each route that has one, by a key such as <code>GET /u/{name}</code>, as the
   * API's definition says in <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html">OpenAPI
   * with API Gateway's extensions</a>.
   *
   * @param api the properties of an HttpApi
   * @throws rediscover.permissions.template.TemplateException if it says something else of its
   *     routes than who may use them, or has another kind of authorizer
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
            throw methods.object(method).refuse("security", "there is no scheme " + name);
          }
          byRoute.put(method.toUpperCase(Locale.ROOT) + " " + path, authorizers.get(name));
        }
      }
    }
    definition.refuseUnread();
    return byRoute;
  }

  /** The one scheme that a route asks for, or none. */
  private static List<String> required(Properties route) {
    List<String> names = new ArrayList<>();
    for (Properties requirement : route.objects("security")) {
      names.addAll(requirement.names());
      requirement.names().forEach(requirement::ignore); // Scopes, which are for OAuth.
    }
    if (names.size() > 1) {
      throw route.refuse("security", "more than one authorizer is not supported");
    }
    return names;
  }

  private static ApiAuthorizer read(String name, Properties scheme) {
    // API Gateway looks at the extension alone; the rest tells other readers where the key goes.
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
      throw authorizer.refuse("authorizerUri", "is no function's");
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
