package rediscover.likes.table;

import static rediscover.likes.table.StoredLike.POSITION;
import static rediscover.likes.table.StoredLike.TWEET_ID;
import static rediscover.likes.table.StoredLike.USER;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * DynamoDB as far as {@link LikesTable} asks it: PutItem with its conditions, and Query with its
 * key conditions, limit and LastEvaluatedKey. It refuses all else.
 */
public final class InMemoryTable implements DynamoDbClient {
  public static final String NAME = "likes-table";

  private static final Pattern KEY_CONDITION =
      Pattern.compile("#user = :user AND #position (>=|>|<=|<) :position");
  private static final Pattern NOT_EXISTS = Pattern.compile("attribute_not_exists\\((#[a-z]+)\\)");

  private final Map<String, NavigableMap<String, Map<String, AttributeValue>>> users =
      new ConcurrentHashMap<>();
  private final AtomicInteger queries = new AtomicInteger();
  private volatile Consumer<String> beforePut = tweetId -> {};

  /** What happens in each PutItem, given the tweet id, before it stores: it may wait or throw. */
  public void beforePut(Consumer<String> action) {
    beforePut = action;
  }

  /** The number of Query calls so far. */
  public int queries() {
    return queries.get();
  }

  /** All likes of this user, in the ring's order. */
  public List<Like> likes(UserName user) {
    return ring(user.value()).values().stream().map(StoredLike::fromItem).toList();
  }

  /** The items of this user, in the ring's order. */
  public List<Map<String, AttributeValue>> items(UserName user) {
    return List.copyOf(ring(user.value()).values());
  }

  public void delete(UserName user, Like like) {
    ring(user.value()).remove(Position.of(like).value());
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    requireTable(request.tableName());
    Map<String, AttributeValue> item = request.item();
    beforePut.accept(item.get(TWEET_ID).s());
    ring(item.get(USER).s())
        .compute(
            item.get(POSITION).s(),
            (position, stored) -> {
              requireCondition(request, stored == null ? Map.of() : stored);
              return item;
            });
    return PutItemResponse.builder().build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    requireTable(request.tableName());
    queries.incrementAndGet();
    Matcher condition = KEY_CONDITION.matcher(request.keyConditionExpression());
    if (!condition.matches()
        || !request
            .expressionAttributeNames()
            .equals(Map.of("#user", USER, "#position", POSITION))) {
      throw new UnsupportedOperationException("Key condition of another form");
    }
    String user = request.expressionAttributeValues().get(":user").s();
    String position = request.expressionAttributeValues().get(":position").s();
    NavigableMap<String, Map<String, AttributeValue>> ring = ring(user);
    NavigableMap<String, Map<String, AttributeValue>> range =
        switch (condition.group(1)) {
          case ">=" -> ring.tailMap(position, true);
          case ">" -> ring.tailMap(position, false);
          case "<=" -> ring.headMap(position, true);
          default -> ring.headMap(position, false);
        };
    List<Map<String, AttributeValue>> page =
        range.values().stream().limit(request.limit()).toList();
    QueryResponse.Builder response = QueryResponse.builder().items(page);
    if (page.size() == request.limit()) {
      // As the real one: it stops at the limit without looking whether anything follows.
      response.lastEvaluatedKey(
          Map.of(USER, page.getLast().get(USER), POSITION, page.getLast().get(POSITION)));
    }
    return response.build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }

  private NavigableMap<String, Map<String, AttributeValue>> ring(String user) {
    return users.computeIfAbsent(user, newcomer -> new ConcurrentSkipListMap<>());
  }

  private static void requireTable(String name) {
    if (!name.equals(NAME)) {
      throw ResourceNotFoundException.builder().message("No table of this name").build();
    }
  }

  /** One or more {@code attribute_not_exists(#alias)}, of which one must hold. */
  private static void requireCondition(PutItemRequest request, Map<String, AttributeValue> stored) {
    if (request.conditionExpression() == null) {
      return;
    }
    Set<String> aliases =
        Arrays.stream(request.conditionExpression().split(" OR "))
            .map(InMemoryTable::aliasInNotExists)
            .collect(Collectors.toSet());
    Map<String, String> names = request.expressionAttributeNames();
    if (!names.keySet().equals(aliases)) {
      throw new UnsupportedOperationException("DynamoDB wants each alias named and used");
    }
    if (aliases.stream().allMatch(alias -> stored.containsKey(names.get(alias)))) {
      throw ConditionalCheckFailedException.builder()
          .message("The conditional request failed")
          .build();
    }
  }

  private static String aliasInNotExists(String term) {
    Matcher matcher = NOT_EXISTS.matcher(term);
    if (!matcher.matches()) {
      throw new UnsupportedOperationException("Condition of another form");
    }
    return matcher.group(1);
  }
}
