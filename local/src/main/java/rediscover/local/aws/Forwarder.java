package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;

/** A service that is a server of its own: passes requests on to it and its answers back. */
final class Forwarder implements AwsService {

  /** Headers that belong to one connection, or that the client sets by itself. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  Forwarder(URI server) {
    this.server = server;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), body(exchange));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream answer = response.body()) {
        sendBack(exchange, response, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a service was answering", e);
    }
  }

  private static BodyPublisher body(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
    if (length == null && !chunked || "0".equals(length)) {
      return BodyPublishers.noBody();
    }
    BodyPublisher stream = BodyPublishers.ofInputStream(exchange::getRequestBody);
    return length == null ? stream : BodyPublishers.fromPublisher(stream, Long.parseLong(length));
  }

  private static void sendBack(
      HttpExchange exchange, HttpResponse<InputStream> response, InputStream answer)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    boolean withoutBody =
        exchange.getRequestMethod().equals("HEAD")
            || response.statusCode() == 204
            || response.statusCode() == 304;
    long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
    if (withoutBody) {
      response
          .headers()
          .firstValue("Content-Length")
          .ifPresent(value -> exchange.getResponseHeaders().set("Content-Length", value));
      exchange.sendResponseHeaders(response.statusCode(), -1);
    } else {
      boolean known = response.headers().firstValue("Content-Length").isPresent();
      exchange.sendResponseHeaders(response.statusCode(), known && length == 0 ? -1 : length);
      answer.transferTo(exchange.getResponseBody());
    }
  }
}
