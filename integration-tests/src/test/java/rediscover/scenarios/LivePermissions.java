package rediscover.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The live side of the permission map, as the page uses it. */
final class LivePermissions implements AutoCloseable {

  /** A decision that the embedded run has made. */
  record Access(
      String kind,
      String function,
      String action,
      String resource,
      boolean allowed,
      List<String> statements,
      String missing,
      List<String> wouldAllow) {}

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String DATA = "data: ";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final List<Access> seen = new CopyOnWriteArrayList<>();

  LivePermissions(URI site) {
    this.api = site.resolve("/_permissions");
    // It is answered when it is open: from then on nothing is missed.
    Stream<String> stream =
        http.sendAsync(HttpRequest.newBuilder(path("/events")).build(), BodyHandlers.ofLines())
            .join()
            .body();
    Thread.ofVirtual().start(() -> listen(stream));
  }

  private void listen(Stream<String> stream) {
    try {
      stream.filter(line -> line.startsWith(DATA)).map(this::access).forEach(seen::add);
    } catch (UncheckedIOException theRunOrThisIsClosed) {
      // Nothing is decided any more.
    }
  }

  /** What has been decided since this was opened. */
  List<Access> seen() {
    return seen;
  }

  void switchOff(String statement) {
    post("/off?statement=" + URLEncoder.encode(statement, StandardCharsets.UTF_8));
  }

  void reset() {
    post("/reset");
  }

  private void post(String path) {
    var request =
        HttpRequest.newBuilder(path(path))
            .header("X-Rediscover", "permissions")
            .POST(BodyPublishers.noBody())
            .build();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException(path + " was answered with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI path(String path) {
    return URI.create(api + path);
  }

  private Access access(String line) {
    try {
      return JSON.readValue(line.substring(DATA.length()), Access.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + line, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
