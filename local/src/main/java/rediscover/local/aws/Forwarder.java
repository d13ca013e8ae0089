package rediscover.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import rediscover.local.http.Exchange;
import rediscover.local.http.RunKey;

/** A service behind the front door, with an HTTP server of its own that it forwards requests to. */
class Forwarder implements AwsService {

  /** Headers that belong to one connection, or that are set here. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade",
          RunKey.HEADER.toLowerCase(Locale.ROOT));

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  Forwarder(URI server) {
    this.server = server;
  }

  /** The server's address behind the front door. */
  URI address() {
    return server;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(server + exchange.target()))
            .header(RunKey.HEADER, RunKey.value())
            .method(exchange.method(), body(exchange));
    for (HttpField header : exchange.headers()) {
      if (isOfTheMessage(header.getName())) {
        request.header(header.getName(), header.getValue());
      }
    }
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

  private static BodyPublisher body(Exchange exchange) {
    String length = exchange.headers().get("Content-Length");
    boolean chunked = exchange.headers().contains("Transfer-Encoding");
    if (length == null && !chunked || "0".equals(length)) {
      return BodyPublishers.noBody();
    }
    BodyPublisher stream = BodyPublishers.ofInputStream(exchange::input);
    return length == null ? stream : BodyPublishers.fromPublisher(stream, Long.parseLong(length));
  }

  private static void sendBack(
      Exchange exchange, HttpResponse<InputStream> response, InputStream answer)
      throws IOException {
    HttpFields.Mutable headers = exchange.answerHeaders();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isOfTheMessage(name)) {
                headers.remove(name);
                values.forEach(value -> headers.add(name, value));
              }
            });
    response
        .headers()
        .firstValue("Content-Length")
        .ifPresent(length -> headers.put("Content-Length", length));
    try (OutputStream output = exchange.open(response.statusCode())) {
      answer.transferTo(output);
    }
  }

  private static boolean isOfTheMessage(String header) {
    return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
  }
}
