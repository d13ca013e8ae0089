package rediscover.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What functions have logged on LocalStack. Two calls are not worth a client of AWS's SDK. */
final class CloudWatchLogs implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** LocalStack takes the service and the region from there, and verifies nothing. */
  private static final String SIGNATURE =
      "AWS4-HMAC-SHA256 Credential=developer/20260101/%s/logs/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private final String region;

  CloudWatchLogs(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
  }

  /** The lines of every log group, by its name. */
  Map<String, List<String>> lines() throws IOException, InterruptedException {
    Map<String, List<String>> lines = new HashMap<>();
    for (String group : all("DescribeLogGroups", Map.of(), "logGroups", "logGroupName")) {
      lines.put(group, all("FilterLogEvents", Map.of("logGroupName", group), "events", "message"));
    }
    return lines;
  }

  /** One field of every item of a list that comes in pages. */
  private List<String> all(String action, Map<String, String> input, String list, String field)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    Map<String, String> page = new HashMap<>(input);
    while (true) {
      JsonNode answer = call(action, page);
      answer.path(list).forEach(item -> all.add(item.path(field).asText()));
      if (!answer.hasNonNull("nextToken")) {
        return all;
      }
      page.put("nextToken", answer.get("nextToken").asText());
    }
  }

  private JsonNode call(String action, Map<String, String> input)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Logs_20140328." + action)
            .header("Authorization", SIGNATURE.formatted(region))
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(input)))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(action + " was answered with " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
