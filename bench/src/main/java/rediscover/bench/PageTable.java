package rediscover.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import rediscover.likes.Position;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** One user's likes, of which a query reads no more than its page, as in DynamoDB. */
final class PageTable implements DynamoDbClient {
  private final TreeMap<String, Map<String, AttributeValue>> ring = new TreeMap<>();

  PageTable(int likes) {
    IntStream.range(0, likes).mapToObj(Integer::toString).forEach(this::add);
  }

  private void add(String tweetId) {
    String position = Position.ofTweet(tweetId).value();
    ring.put(
        position,
        Map.of(
            "user", AttributeValue.fromS("sample"),
            "position", AttributeValue.fromS(position),
            "tweetId", AttributeValue.fromS(tweetId)));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    String position = request.expressionAttributeValues().get(":position").s();
    boolean before = request.keyConditionExpression().contains("<");
    var part = before ? ring.headMap(position) : ring.tailMap(position);
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    for (Map<String, AttributeValue> item : part.values()) {
      if (page.size() == request.limit()) {
        return QueryResponse.builder().items(page).lastEvaluatedKey(item).build();
      }
      page.add(item);
    }
    return QueryResponse.builder().items(page).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
