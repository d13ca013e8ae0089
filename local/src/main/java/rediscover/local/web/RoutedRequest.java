package rediscover.local.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.util.HostPort;
import rediscover.local.application.HttpApiSpec;
import rediscover.local.application.Route;
import rediscover.local.http.Exchange;

/**
 * A request to a route of the API, and its events of payload format 2.0.
 *
 * @param id the request's id
 * @param path the route's path, which names the variables
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations of HTTP APIs</a>
 */
record RoutedRequest(
    HttpApiSpec api, String id, Exchange exchange, Route route, UriTemplatePathSpec path) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE_IP = "127.0.0.1";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  byte[] event() throws IOException {
    Map<String, Object> event = fields();
    byte[] body = exchange.body();
    String contentType = exchange.headers().get("Content-Type");
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

  byte[] authorizerEvent(String routeArn, String identity) throws IOException {
    Map<String, Object> event = fields();
    event.put("type", "REQUEST");
    event.put("routeArn", routeArn);
    event.put("identitySource", List.of(identity));
    return JSON.writeValueAsBytes(event);
  }

  private Map<String, Object> fields() {
    URI uri = exchange.uri();
    Instant now = Instant.now();

    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpField header : exchange.headers()) {
      headers.merge(
          header.getLowerCaseName(), header.getValue(), (one, other) -> one + "," + other);
    }
    String cookies = headers.remove("cookie");
    String host = headers.get("host");
    // API Gateway adds these to every event; what the client claims comes first.
    headers.merge("x-forwarded-for", SOURCE_IP, (claimed, own) -> claimed + ", " + own);
    headers.put("x-forwarded-port", Integer.toString(new HostPort(host).getPort(80)));
    headers.put("x-forwarded-proto", "http");

    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", exchange.method());
    http.put("path", uri.getPath());
    http.put("protocol", exchange.protocol());
    http.put("sourceIp", SOURCE_IP);
    http.put("userAgent", headers.getOrDefault("user-agent", ""));

    Map<String, Object> context = new LinkedHashMap<>();
    context.put("accountId", api.accountId());
    context.put("apiId", api.id());
    context.put("domainName", host);
    context.put("domainPrefix", host.replaceFirst("\\..*", ""));
    context.put("http", http);
    context.put("requestId", id);
    context.put("routeKey", route.key());
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());

    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", route.key());
    event.put("rawPath", uri.getPath());
    event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (cookies != null) {
      event.put("cookies", List.of(cookies.split(";\\s*")));
    }
    event.put("headers", headers);
    Map<String, String> query = new LinkedHashMap<>();
    exchange.query().forEach(p -> query.put(p.getName(), String.join(",", p.getValues())));
    if (!query.isEmpty()) {
      event.put("queryStringParameters", query);
    }
    Map<String, String> variables = path.getPathParams(uri.getRawPath());
    variables.replaceAll((name, value) -> decode(value));
    event.put("pathParameters", variables);
    event.put("requestContext", context);
    return event;
  }

  /** Whether a function gets such a body as it is, not in Base64. */
  private static boolean isText(String contentType) {
    return contentType.matches("(?i)(text/|application/(json|javascript|xml)\\b).*");
  }

  /** In a path, unlike in a query, a plus is a plus. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
