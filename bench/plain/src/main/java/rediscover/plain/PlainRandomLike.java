package rediscover.plain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds a stored like, with the defaults of the SDK and of Lambda's runtime. */
public final class PlainRandomLike
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final DynamoDbClient dynamoDb = DynamoDbClient.create();

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    AttributeValue user = AttributeValue.fromS(event.getPathParameters().get("name"));
    List<Map<String, AttributeValue>> likes =
        dynamoDb
            .query(
                query ->
                    query
                        .tableName(System.getenv("LIKES_TABLE"))
                        .limit(40)
                        .keyConditionExpression("#user = :user")
                        .expressionAttributeNames(Map.of("#user", "user"))
                        .expressionAttributeValues(Map.of(":user", user)))
            .items();
    Map<String, AttributeValue> like = likes.get(ThreadLocalRandom.current().nextInt(likes.size()));
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(200)
        .withBody("{\"tweetId\":\"" + like.get("tweetId").s() + "\"}")
        .build();
  }
}
