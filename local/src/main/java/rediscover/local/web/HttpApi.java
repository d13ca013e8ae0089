package rediscover.local.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import rediscover.local.application.HttpApiSpec;
import rediscover.local.application.Route;
import rediscover.local.iam.Source;
import rediscover.local.lambda.Invocable;
import rediscover.local.lambda.Outcome;
import rediscover.permissions.ApiAuthorizer;

/**
 * API Gateway's HTTP API: routes, throttling, CORS, authorizers, and the translation between HTTP
 * and events of payload format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations of HTTP APIs</a>
 */
public final class HttpApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SERVICE = "apigateway.amazonaws.com";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private record Target(Route route, Map<String, String> variables) {}

  private final HttpApiSpec spec;
  private final String region;
  private final String accountId;
  private final BiFunction<String, Source, Optional<String>> refusal;
  private final Map<String, ? extends Invocable> functions;
  private final Throttle throttle;
  private final Map<ApiAuthorizer, Authorizer> authorizers = new HashMap<>();

  /**
   * @param refusal says why a function, by its ARN, may not be invoked for a route; empty if it may
   * @param functions by ARN
   */
  public HttpApi(
      HttpApiSpec spec,
      String region,
      String accountId,
      BiFunction<String, Source, Optional<String>> refusal,
      Map<String, ? extends Invocable> functions) {
    this.spec = spec;
    this.region = region;
    this.accountId = accountId;
    this.refusal = refusal;
    this.functions = functions;
    this.throttle = new Throttle(spec.burst(), spec.rate(), System::nanoTime);
    spec.authorizers().values().forEach(a -> authorizers.computeIfAbsent(a, this::authorizer));
  }

  /** Whether a path is one of this API's, whatever the method. */
  public boolean serves(String rawPath) {
    return spec.routes().stream()
        .anyMatch(route -> route.match(route.method(), rawPath).isPresent());
  }

  /** Answers one request to the API. */
  public void handle(HttpExchange exchange) throws IOException, InterruptedException {
    addCorsHeaders(exchange);
    String rawPath = exchange.getRequestURI().getRawPath();
    Optional<Target> target =
        spec.routes().stream()
            .flatMap(
                route ->
                    route.match(exchange.getRequestMethod(), rawPath).stream()
                        .map(variables -> new Target(route, variables)))
            .findFirst();
    if (exchange.getRequestMethod().equals("OPTIONS") && !spec.allowOrigins().isEmpty()) {
      exchange.sendResponseHeaders(204, -1);
    } else if (target.isEmpty()) {
      send(exchange, 404, "{\"message\":\"Not Found\"}");
    } else if (!throttle.admits()) {
      send(exchange, 429, "{\"message\":\"Too Many Requests\"}");
    } else {
      Authorizer.Verdict verdict = judge(exchange, target.get());
      if (verdict == Authorizer.Verdict.ADMITTED) {
        invoke(exchange, target.get());
      } else {
        send(exchange, verdict.status(), "{\"message\":\"" + verdict.message() + "\"}");
      }
    }
  }

  private Authorizer.Verdict judge(HttpExchange exchange, Target target)
      throws IOException, InterruptedException {
    ApiAuthorizer spec = this.spec.authorizers().get(target.route().key());
    if (spec == null) {
      return Authorizer.Verdict.ADMITTED;
    }
    List<String> values = exchange.getRequestHeaders().get(spec.header());
    String identity = values == null ? "" : String.join(",", values);
    return authorizers.get(spec).judge(identity, () -> authorizerEvent(exchange, target, identity));
  }

  private void invoke(HttpExchange exchange, Target target)
      throws IOException, InterruptedException {
    if (refusal.apply(target.route().function(), source(exchange, target)).isPresent()) {
      // API Gateway keeps the reason to itself.
      send(exchange, 500, "{\"message\":\"Internal Server Error\"}");
      return;
    }
    Optional<byte[]> body = body(exchange);
    if (body.isEmpty()) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    Invocable function = functions.get(target.route().function());
    switch (function.invoke(event(exchange, target, body.get()))) {
      case Outcome.Answered answer -> sendAnswer(exchange, JSON.readTree(answer.payload()));
      case Outcome.Failed failure -> send(exchange, 500, "{\"message\":\"Internal Server Error\"}");
    }
  }

  private Authorizer authorizer(ApiAuthorizer authorizer) {
    var source = new Source(SERVICE, arn("authorizers/" + authorizer.name()));
    Invocable function = functions.get(authorizer.function());
    return new Authorizer(authorizer, source, refusal, function, System::nanoTime);
  }

  /** The route as a resource-based policy names it, with the stage that every HTTP API has. */
  private Source source(HttpExchange exchange, Target target) {
    String rawPath = exchange.getRequestURI().getRawPath();
    return new Source(SERVICE, arn("$default/" + target.route().method() + rawPath));
  }

  private String arn(String resource) {
    return "arn:aws:execute-api:%s:%s:%s/%s".formatted(region, accountId, spec.id(), resource);
  }

  private void addCorsHeaders(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    boolean any = spec.allowOrigins().contains("*");
    if (origin == null || !any && !spec.allowOrigins().contains(origin)) {
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Access-Control-Allow-Origin", any ? "*" : origin);
    setList(headers, "Access-Control-Expose-Headers", spec.exposeHeaders());
    if (exchange.getRequestMethod().equals("OPTIONS")) {
      setList(headers, "Access-Control-Allow-Methods", spec.allowMethods());
      setList(headers, "Access-Control-Allow-Headers", spec.allowHeaders());
      headers.set("Access-Control-Max-Age", Integer.toString(spec.maxAge()));
    }
  }

  private static void setList(Headers headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.set(name, String.join(",", values));
    }
  }

  /** The request's body, unless it is not as its headers say. */
  private static Optional<byte[]> body(HttpExchange exchange) {
    try {
      return Optional.of(exchange.getRequestBody().readAllBytes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private byte[] event(HttpExchange exchange, Target target, byte[] body) throws IOException {
    Map<String, Object> event = request(exchange, target);
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean binary = body.length > 0 && !isText(contentType == null ? "" : contentType);
    if (body.length > 0) {
      event.put(
          "body",
          binary
              ? Base64.getEncoder().encodeToString(body)
              : new String(body, StandardCharsets.UTF_8));
    }
    event.put("isBase64Encoded", binary);
    return JSON.writeValueAsBytes(event);
  }

  private byte[] authorizerEvent(HttpExchange exchange, Target target, String identity) {
    Map<String, Object> event = request(exchange, target);
    event.put("type", "REQUEST");
    event.put("routeArn", source(exchange, target).arn());
    event.put("identitySource", List.of(identity));
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What every function is told of a request. */
  private Map<String, Object> request(HttpExchange exchange, Target target) {
    URI uri = exchange.getRequestURI();
    String routeKey = target.route().key();
    Instant now = Instant.now();

    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String cookies = headers.remove("cookie");

    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", exchange.getRequestMethod());
    http.put("path", uri.getPath());
    http.put("protocol", exchange.getProtocol());
    http.put("sourceIp", "127.0.0.1");
    http.put("userAgent", headers.getOrDefault("user-agent", ""));

    Map<String, Object> context = new LinkedHashMap<>();
    context.put("accountId", accountId);
    context.put("apiId", spec.id());
    context.put("domainName", headers.getOrDefault("host", ""));
    context.put("domainPrefix", headers.getOrDefault("host", "").replaceFirst("\\..*", ""));
    context.put("http", http);
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", routeKey);
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());

    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", routeKey);
    event.put("rawPath", uri.getPath());
    event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (cookies != null) {
      event.put("cookies", List.of(cookies.split(";\\s*")));
    }
    event.put("headers", headers);
    Map<String, String> query = query(uri.getRawQuery());
    if (!query.isEmpty()) {
      event.put("queryStringParameters", query);
    }
    Map<String, String> variables = new LinkedHashMap<>();
    target.variables().forEach((name, value) -> variables.put(name, decodePath(value)));
    event.put("pathParameters", variables);
    event.put("requestContext", context);
    return event;
  }

  /** The kinds of body that a function is given as they are, not in Base64. */
  private static boolean isText(String contentType) {
    return contentType.matches("(?i)(text/|application/(json|javascript|xml)\\b).*");
  }

  /** Values of the same name are joined by commas. */
  private static Map<String, String> query(String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        String value = parts.length == 2 ? decode(parts[1]) : "";
        query.merge(decode(parts[0]), value, (first, next) -> first + "," + next);
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** In a path, unlike in a query, a plus is a plus. */
  private static String decodePath(String text) {
    return decode(text.replace("+", "%2B"));
  }

  private void sendAnswer(HttpExchange exchange, JsonNode answer) throws IOException {
    if (!answer.has("statusCode")) {
      send(exchange, 200, answer.toString());
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      if (!isOverruled(header.getKey())) {
        headers.set(header.getKey(), header.getValue().asText());
      }
    }
    answer.path("cookies").forEach(cookie -> headers.add("Set-Cookie", cookie.asText()));
    String text = answer.path("body").asText("");
    byte[] body =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    send(exchange, answer.path("statusCode").asInt(), body);
  }

  /** An API with a CORS configuration passes over what its functions say about CORS. */
  private boolean isOverruled(String header) {
    return !spec.allowOrigins().isEmpty()
        && header.toLowerCase(Locale.ROOT).startsWith("access-control-");
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean withoutBody = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, withoutBody ? -1 : body.length);
    if (!withoutBody) {
      exchange.getResponseBody().write(body);
    }
  }
}
