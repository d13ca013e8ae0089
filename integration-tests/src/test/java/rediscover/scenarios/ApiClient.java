package rediscover.scenarios;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** Asks the API, as patiently as its throttle wants it. */
final class ApiClient implements AutoCloseable {

  /** A new execution environment takes its time on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();

  HttpAnswer get(URI address, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(address);
    headers.forEach(request::header);
    return patiently(request.build());
  }

  /** Asks as a browser does before it sends a header to another origin. */
  HttpAnswer preflight(URI address, String origin, String header) {
    return patiently(
        HttpRequest.newBuilder(address)
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "GET")
            .header("Access-Control-Request-Headers", header)
            .build());
  }

  private HttpAnswer patiently(HttpRequest request) {
    return Awaitility.await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(60))
        .until(() -> send(request), answer -> !isThrottled(answer));
  }

  /** The API's own throttle speaks differently from the function, which has a request id. */
  private static boolean isThrottled(HttpAnswer answer) {
    return answer.status() == 429 && answer.field("requestId").isEmpty();
  }

  private HttpAnswer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
    return new HttpAnswer(response.statusCode(), headers, response.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
