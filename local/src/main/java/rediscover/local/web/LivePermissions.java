package rediscover.local.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.AccessEvent;

/**
 * What makes the permission map live: a stream of decisions, and switches for statements.
 *
 * <p>Only the site itself can switch: a page of another origin cannot send the header that is asked
 * for.
 */
public final class LivePermissions {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/_permissions";
  private static final long HEARTBEAT_SECONDS = 15;

  private final AccessControl access;

  public LivePermissions(AccessControl access) {
    this.access = access;
  }

  static boolean serves(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  void handle(HttpExchange exchange) throws IOException, InterruptedException {
    String request =
        exchange.getRequestMethod()
            + exchange.getRequestURI().getPath().substring(PATH.length()).replace('/', ' ');
    boolean ofTheSite = "permissions".equals(exchange.getRequestHeaders().getFirst("X-Rediscover"));
    if (request.startsWith("POST") && !ofTheSite) {
      exchange.sendResponseHeaders(403, -1);
      return;
    }
    switch (request) {
      case "GET" -> send(exchange, state());
      case "GET events" -> stream(exchange);
      case "POST off" -> switchStatement(exchange, false);
      case "POST on" -> switchStatement(exchange, true);
      case "POST reset" -> {
        access.reset();
        sendOff(exchange);
      }
      default -> exchange.sendResponseHeaders(404, -1);
    }
  }

  private Map<String, ?> state() {
    return Map.of(
        "off", access.off(), "functions", access.functions(), "accounts", access.accounts());
  }

  private void switchStatement(HttpExchange exchange, boolean on) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String id = URLDecoder.decode(query.replaceFirst("^statement=", ""), StandardCharsets.UTF_8);
    try {
      access.switchStatement(id, on);
    } catch (IllegalArgumentException e) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    sendOff(exchange);
  }

  private void sendOff(HttpExchange exchange) throws IOException {
    send(exchange, Map.of("off", access.off()));
  }

  private static void send(HttpExchange exchange, Map<String, ?> answer) throws IOException {
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Server-sent events, until the page goes away. */
  private void stream(HttpExchange exchange) throws IOException, InterruptedException {
    BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    var listener =
        new AccessControl.Listener() {
          @Override
          public void decided(AccessEvent event) {
            events.add(event);
          }

          @Override
          public void switched(String id, Set<String> off) {
            events.add(Map.of("kind", "switched", "off", off));
          }
        };
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    // Before the page can know of the stream: it misses nothing that it does itself.
    access.addListener(listener);
    try {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      // The headers leave with the first bytes only.
      boolean read = send(out, ": here\n\n");
      while (read) {
        Object event = events.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        read =
            send(
                out,
                event == null
                    ? ": still here\n\n"
                    : "data: " + JSON.writeValueAsString(event) + "\n\n");
      }
    } finally {
      access.removeListener(listener);
    }
  }

  /** Whether the page is still there to read it. */
  private static boolean send(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
