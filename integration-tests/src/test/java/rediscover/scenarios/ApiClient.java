package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import rediscover.randomlike.ApiContract;

/**
 * Asks the API, as patiently as its throttle wants it, and takes no answer that is not as
 * docs/openapi.yaml says.
 */
final class ApiClient implements AutoCloseable {

  /** A new execution environment takes its time on a busy machine. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  static final ApiContract CONTRACT = contract();

  private final HttpClient http = HttpClient.newHttpClient();
  private final PlantedSecrets secrets;

  /**
   * @param secrets none of which may be in an answer
   */
  ApiClient(PlantedSecrets secrets) {
    this.secrets = secrets;
  }

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
  static boolean isThrottled(HttpAnswer answer) {
    return answer.status() == 429 && answer.field("requestId").isEmpty();
  }

  private HttpAnswer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    secrets.requireNoneIn("the answer to " + request.uri(), headers + response.body());
    if (request.method().equals("GET")) { // The document leaves the preflight to CORS.
      assertThat(CONTRACT.faults(response.statusCode(), headers, response.body()))
          .as("the answer to %s: %s", request, response.body())
          .isEmpty();
    }
    return new HttpAnswer(response.statusCode(), headers, response.body());
  }

  private static ApiContract contract() {
    try {
      return ApiContract.read(Path.of(System.getProperty("home"), "docs", "openapi.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
