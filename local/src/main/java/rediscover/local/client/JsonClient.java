package rediscover.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import rediscover.local.application.SessionKey;
import rediscover.local.http.RunKey;

/**
 * Calls one AWS service in AWS's JSON protocol. Lambda's own calls for a function, such as polling
 * a queue, use it with the function's role.
 */
public final class JsonClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private final String region;
  private final String service;
  private final String target;

  private JsonClient(URI endpoint, String region, String service, String target) {
    this.endpoint = endpoint;
    this.region = region;
    this.service = service;
    this.target = target;
  }

  public static JsonClient sqs(URI endpoint, String region) {
    return new JsonClient(endpoint, region, "sqs", "AmazonSQS");
  }

  public static JsonClient dynamoDb(URI endpoint, String region) {
    return new JsonClient(endpoint, region, "dynamodb", "DynamoDB_20120810");
  }

  /**
   * @param action such as {@code SendMessage}
   * @param input the action's parameters, as maps and lists
   * @throws AwsException if the service answered with an error
   */
  public JsonNode call(SessionKey caller, String action, Map<String, ?> input)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target + "." + action)
            .header(RunKey.HEADER, RunKey.value())
            .header("X-Amz-Security-Token", caller.token())
            .header("Authorization", caller.authorization(region, service))
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(input)))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new AwsException(action, response.statusCode(), answer);
    }
    return answer;
  }
}
