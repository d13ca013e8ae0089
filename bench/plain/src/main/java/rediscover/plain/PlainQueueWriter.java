package rediscover.plain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stores likes one by one, with the defaults of the SDK and of Lambda's runtime. */
public final class PlainQueueWriter implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final ObjectMapper json = new ObjectMapper();

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    event.getRecords().forEach(message -> store(message.getBody()));
    return new SQSBatchResponse(List.of());
  }

  private void store(String body) {
    try {
      JsonNode message = json.readTree(body);
      for (JsonNode like : message.get("likes")) {
        AttributeValue user = AttributeValue.fromS(message.get("user").asText());
        AttributeValue tweetId = AttributeValue.fromS(like.get("tweetId").asText());
        dynamoDb.putItem(
            put ->
                put.tableName(System.getenv("LIKES_TABLE"))
                    .item(Map.of("user", user, "position", tweetId, "tweetId", tweetId)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
