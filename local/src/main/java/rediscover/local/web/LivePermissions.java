package rediscover.local.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import rediscover.local.http.Exchange;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.AccessEvent;

/**
 * Makes the permission map live: a stream of decisions, and switches for statements.
 *
 * <p>Only the site itself can switch. A page of another origin cannot send the required header.
 */
public final class LivePermissions {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/_permissions";
  private static final long HEARTBEAT_SECONDS = 15;

  /** What may wait for a page that does not read, such as a tab that is asleep. */
  private static final int MOST_WAITING = 1_000;

  private final AccessControl access;

  public LivePermissions(AccessControl access) {
    this.access = access;
  }

  static boolean serves(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    String request =
        exchange.method() + exchange.uri().getPath().substring(PATH.length()).replace('/', ' ');
    boolean ofTheSite = "permissions".equals(exchange.headers().get("X-Rediscover"));
    if (request.startsWith("POST") && !ofTheSite) {
      exchange.send(403);
      return;
    }
    switch (request) {
      case "GET" -> sendState(exchange);
      case "GET events" -> stream(exchange);
      case "POST off" -> switchStatement(exchange, false);
      case "POST on" -> switchStatement(exchange, true);
      case "POST reset" -> {
        access.reset();
        sendState(exchange);
      }
      default -> exchange.send(404);
    }
  }

  private void switchStatement(Exchange exchange, boolean on) throws IOException {
    try {
      access.switchStatement(String.valueOf(exchange.query().getValue("statement")), on);
    } catch (IllegalArgumentException e) {
      exchange.send(404);
      return;
    }
    sendState(exchange);
  }

  private void sendState(Exchange exchange) throws IOException {
    var state =
        Map.of("off", access.off(), "functions", access.functions(), "accounts", access.accounts());
    exchange.answerHeaders().put("Content-Type", "application/json");
    exchange.answerHeaders().put("Cache-Control", "no-store");
    exchange.send(200, JSON.writeValueAsBytes(state));
  }

  /**
   * Server-sent events, until the page goes away or is too far behind: it comes back by itself, and
   * begins with what is off then.
   */
  private void stream(Exchange exchange) throws IOException, InterruptedException {
    BlockingQueue<Object> events = new LinkedBlockingQueue<>(MOST_WAITING);
    var missed = new AtomicBoolean();
    var listener =
        new AccessControl.Listener() {
          @Override
          public void decided(AccessEvent event) {
            add(event);
          }

          @Override
          public void switched(String id, Set<String> off) {
            add(Map.of("kind", "switched", "off", off));
          }

          private void add(Object event) {
            if (!events.offer(event)) {
              missed.set(true);
            }
          }
        };
    exchange.answerHeaders().put("Content-Type", "text/event-stream");
    exchange.answerHeaders().put("Cache-Control", "no-store");
    // Before the page can know of the stream: it misses nothing that it does itself.
    access.addListener(listener);
    try (OutputStream out = exchange.open(200)) {
      // The headers leave with the first bytes only.
      send(out, ": here");
      while (!missed.get()) {
        Object event = events.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        send(out, event == null ? ": still here" : "data: " + JSON.writeValueAsString(event));
      }
    } catch (IOException e) {
      // The page has gone away.
    } finally {
      access.removeListener(listener);
    }
  }

  private static void send(OutputStream out, String line) throws IOException {
    out.write((line + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
