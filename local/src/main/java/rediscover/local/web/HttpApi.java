package rediscover.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import rediscover.local.application.HttpApiSpec;
import rediscover.local.application.Route;
import rediscover.local.http.Exchange;
import rediscover.local.iam.Source;
import rediscover.local.lambda.Invocable;
import rediscover.local.lambda.Outcome;
import rediscover.permissions.ApiAuthorizer;

/** API Gateway's HTTP API: routes, throttling, CORS, authorizers, and the functions' responses. */
public final class HttpApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every response names its request, as the function's event and the access log do. */
  private static final String REQUEST_ID = "Apigw-Requestid";

  private static final String SERVICE = "apigateway.amazonaws.com";

  /** API Gateway tells no reason. */
  private static final Map<Integer, String> MESSAGES =
      Map.of(
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          429, "Too Many Requests",
          500, "Internal Server Error");

  private final HttpApiSpec spec;
  private final BiFunction<String, Source, Optional<String>> refusal;
  private final Map<String, ? extends Invocable> functions;
  private final Throttle throttle;
  private final Map<ApiAuthorizer, Authorizer> authorizers = new HashMap<>();

  /** The routes of each method. Of two that match, Jetty takes the more specific one, too. */
  private final Map<String, PathMappings<Route>> routes = new HashMap<>();

  /**
   * @param refusal explains why a function, by its ARN, may not be invoked; empty if it may
   * @param functions by ARN
   */
  public HttpApi(
      HttpApiSpec spec,
      BiFunction<String, Source, Optional<String>> refusal,
      Map<String, ? extends Invocable> functions) {
    this.spec = spec;
    this.refusal = refusal;
    this.functions = functions;
    this.throttle = new Throttle(spec.burst(), spec.rate(), System::nanoTime);
    spec.authorizers().values().forEach(a -> authorizers.computeIfAbsent(a, this::authorizer));
    for (Route route : spec.routes()) {
      routes
          .computeIfAbsent(route.method(), method -> new PathMappings<>())
          .put(new UriTemplatePathSpec(route.path()), route);
    }
  }

  /** Whether the API has a route with this path, for any method. */
  public boolean serves(String rawPath) {
    return routes.values().stream().anyMatch(paths -> paths.getMatched(rawPath) != null);
  }

  public void handle(Exchange exchange) throws IOException, InterruptedException {
    exchange.body(); // A malformed request ends here: it does not count for the throttle.
    String id = UUID.randomUUID().toString();
    exchange.answerHeaders().put(REQUEST_ID, id);
    addCorsHeaders(exchange);
    Optional<RoutedRequest> request = route(exchange, id);
    if (exchange.method().equals("OPTIONS") && !spec.allowOrigins().isEmpty()) {
      exchange.send(204);
    } else if (request.isEmpty()) {
      sendMessage(exchange, 404);
    } else if (!throttle.admits()) {
      sendMessage(exchange, 429);
    } else {
      OptionalInt refused = refuse(request.get());
      if (refused.isPresent()) {
        sendMessage(exchange, refused.getAsInt());
      } else {
        invoke(request.get());
      }
    }
  }

  private Optional<RoutedRequest> route(Exchange exchange, String id) {
    String rawPath = exchange.uri().getRawPath();
    return Optional.ofNullable(routes.get(exchange.method()))
        .map(paths -> paths.getMatched(rawPath))
        .map(
            match ->
                new RoutedRequest(
                    spec,
                    id,
                    exchange,
                    match.getResource(),
                    (UriTemplatePathSpec) match.getPathSpec()));
  }

  private OptionalInt refuse(RoutedRequest request) throws IOException, InterruptedException {
    ApiAuthorizer authorizer = spec.authorizers().get(request.route().key());
    if (authorizer == null) {
      return OptionalInt.empty();
    }
    String identity =
        String.join(",", request.exchange().headers().getValuesList(authorizer.header()));
    return authorizers
        .get(authorizer)
        .refuse(identity, () -> request.authorizerEvent(source(request).arn(), identity));
  }

  private void invoke(RoutedRequest request) throws IOException, InterruptedException {
    Exchange exchange = request.exchange();
    String function = request.route().function();
    if (refusal.apply(function, source(request)).isPresent()) {
      sendMessage(exchange, 500);
      return;
    }
    switch (functions.get(function).invoke(request.event())) {
      case Outcome.Answered answer -> sendAnswer(exchange, JSON.readTree(answer.payload()));
      case Outcome.Failed failure -> sendMessage(exchange, 500);
    }
  }

  private Authorizer authorizer(ApiAuthorizer authorizer) {
    var source = new Source(SERVICE, spec.arn() + "/authorizers/" + authorizer.name());
    Invocable function = functions.get(authorizer.function());
    return new Authorizer(authorizer, source, refusal, function, Ticker.systemTicker());
  }

  /**
   * The request as a resource-based policy names it, with the stage that every HTTP API has. AWS
   * may name the route's path instead, with its variables. SAM's wildcards match both.
   */
  private Source source(RoutedRequest request) {
    String rawPath = request.exchange().uri().getRawPath();
    return new Source(SERVICE, spec.arn() + "/$default/" + request.route().method() + rawPath);
  }

  private void addCorsHeaders(Exchange exchange) {
    String origin = exchange.headers().get("Origin");
    boolean any = spec.allowOrigins().contains("*");
    if (origin == null || !any && !spec.allowOrigins().contains(origin)) {
      return;
    }
    HttpFields.Mutable headers = exchange.answerHeaders();
    headers.put("Access-Control-Allow-Origin", any ? "*" : origin);
    setList(headers, "Access-Control-Expose-Headers", spec.exposeHeaders());
    if (exchange.method().equals("OPTIONS")) {
      setList(headers, "Access-Control-Allow-Methods", spec.allowMethods());
      setList(headers, "Access-Control-Allow-Headers", spec.allowHeaders());
      headers.put("Access-Control-Max-Age", spec.maxAge());
    }
  }

  private static void setList(HttpFields.Mutable headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.put(name, String.join(",", values));
    }
  }

  private void sendAnswer(Exchange exchange, JsonNode answer) throws IOException {
    if (!answer.has("statusCode")) {
      send(exchange, 200, answer.toString());
      return;
    }
    HttpFields.Mutable headers = exchange.answerHeaders();
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      if (!isOverruled(header.getKey())) {
        headers.put(header.getKey(), header.getValue().asText());
      }
    }
    answer.path("cookies").forEach(cookie -> headers.add("Set-Cookie", cookie.asText()));
    String text = answer.path("body").asText("");
    byte[] body =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    exchange.send(answer.path("statusCode").asInt(), body);
  }

  /** An API with a CORS configuration ignores its functions' CORS headers. */
  private boolean isOverruled(String header) {
    return !spec.allowOrigins().isEmpty()
        && header.toLowerCase(Locale.ROOT).startsWith("access-control-");
  }

  private static void sendMessage(Exchange exchange, int status) throws IOException {
    send(exchange, status, "{\"message\":\"" + MESSAGES.get(status) + "\"}");
  }

  private static void send(Exchange exchange, int status, String json) throws IOException {
    exchange.answerHeaders().put("Content-Type", "application/json");
    exchange.send(status, json.getBytes(StandardCharsets.UTF_8));
  }
}
