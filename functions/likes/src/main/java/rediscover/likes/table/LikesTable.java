package rediscover.likes.table;

import static rediscover.likes.table.StoredLike.POSITION;
import static rediscover.likes.table.StoredLike.TEXT;
import static rediscover.likes.table.StoredLike.URL;
import static rediscover.likes.table.StoredLike.USER;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The likes of all users. Each user's likes form a ring, ordered by {@link Position}: the first
 * follows the last. Thread-safe.
 *
 * <p>Errors of DynamoDB are thrown as the SDK's exceptions, for example {@link
 * software.amazon.awssdk.services.dynamodb.model.DynamoDbException}.
 */
public final class LikesTable {
  /** The environment variable with the table's name. */
  public static final String TABLE_VARIABLE = "LIKES_TABLE";

  /**
   * A random pick walks at most this many likes from a random position. More steps even out the
   * gaps of the ring. The mean of 8.5 likes is about 3 KB, half a read unit: docs/adr/0001.
   */
  static final int REACH = 16;

  private final DynamoDbClient dynamoDb;
  private final String tableName;
  private final RandomGenerator random;

  /**
   * @param dynamoDb belongs to the caller, who closes it
   */
  public LikesTable(DynamoDbClient dynamoDb, String tableName) {
    // SecureRandom: copies of a SnapStart snapshot would share the seed of another generator.
    this(dynamoDb, tableName, new SecureRandom());
  }

  LikesTable(DynamoDbClient dynamoDb, String tableName, RandomGenerator random) {
    this.dynamoDb = dynamoDb;
    this.tableName = tableName;
    this.random = random;
  }

  /**
   * The table that {@value #TABLE_VARIABLE} names, with Lambda's region and credentials.
   *
   * @throws IllegalStateException if the variable is missing
   */
  public static LikesTable fromEnvironment(ServiceClients clients) {
    String tableName = clients.environment().required(TABLE_VARIABLE);
    return new LikesTable(clients.build("dynamodb", LikesTable::clientBuilder), tableName);
  }

  private static DynamoDbClientBuilder clientBuilder() {
    return DynamoDbClient.builder()
        .endpointDiscoveryEnabled(false)
        .accountIdEndpointMode(AccountIdEndpointMode.DISABLED);
  }

  /**
   * Stores likes, as many at a time as the client has connections, and returns when all are stored.
   * It is idempotent, and a like never replaces one that has more text or URL.
   *
   * @throws LikesNotStoredException if any like was not stored by the deadline. All were tried
   */
  public void store(UserName user, List<Like> likes, Deadline deadline) {
    List<Future<?>> puts = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Like like : likes) {
        puts.add(threads.submit(() -> put(user, like, deadline)));
      }
    }
    List<Throwable> failures =
        puts.stream()
            .filter(put -> put.state() == Future.State.FAILED)
            .map(Future::exceptionNow)
            .toList();
    if (!failures.isEmpty()) {
      throw notStored(failures, likes.size());
    }
  }

  /** A random like of the user, each about equally likely, or empty if the user has none. */
  public Optional<Like> random(UserName user, Deadline deadline) {
    Position start = Position.random(random);
    int steps = 1 + random.nextInt(REACH);
    List<Map<String, AttributeValue>> walked = new ArrayList<>();
    walked.addAll(query(user, ">=", start, steps, deadline));
    if (walked.size() < steps) {
      walked.addAll(query(user, "<", start, steps - walked.size(), deadline));
    }
    // Fewer than the steps are the whole ring: the walk goes round it again.
    return walked.isEmpty()
        ? Optional.empty()
        : Optional.of(StoredLike.fromItem(walked.get((steps - 1) % walked.size())));
  }

  /**
   * The like that follows this position on the ring, or empty if the user has none. If you go on
   * from each like's position, you see every like once before any comes again.
   */
  public Optional<Like> after(UserName user, Position cursor, Deadline deadline) {
    List<Map<String, AttributeValue>> next = query(user, ">", cursor, 1, deadline);
    if (next.isEmpty()) {
      next = query(user, "<=", cursor, 1, deadline);
    }
    return next.stream().findFirst().map(StoredLike::fromItem);
  }

  private void put(UserName user, Like like, Deadline deadline) {
    try {
      dynamoDb.putItem(putRequest(user, like, deadline));
    } catch (ConditionalCheckFailedException e) {
      // Not a failure: the stored item has more than this like.
    }
  }

  /**
   * A like with text and URL replaces any item. Another like must not replace an item that has
   * more. A text counts more than a URL, which the tweet ID can replace.
   */
  private PutItemRequest putRequest(UserName user, Like like, Deadline deadline) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(tableName)
            .item(StoredLike.toItem(user, like))
            .overrideConfiguration(deadline.forCall());
    boolean hasText = like.text().isPresent();
    boolean hasUrl = like.url().isPresent();
    if (hasText && !hasUrl) {
      put.conditionExpression("attribute_not_exists(#text) OR attribute_not_exists(#url)")
          .expressionAttributeNames(Map.of("#text", TEXT, "#url", URL));
    } else if (!hasText && hasUrl) {
      put.conditionExpression("attribute_not_exists(#text)")
          .expressionAttributeNames(Map.of("#text", TEXT));
    } else if (!hasText) {
      put.conditionExpression("attribute_not_exists(#position)")
          .expressionAttributeNames(Map.of("#position", POSITION));
    }
    return put.build();
  }

  private static LikesNotStoredException notStored(List<Throwable> failures, int likes) {
    Throwable first = failures.getFirst();
    LikesNotStoredException notStored =
        new LikesNotStoredException(
            "%d of %d likes were not stored: %s".formatted(failures.size(), likes, first), first);
    failures.stream().skip(1).forEach(notStored::addSuppressed);
    return notStored;
  }

  /** Both key names are reserved words, so expressions need aliases for them. */
  private List<Map<String, AttributeValue>> query(
      UserName user, String range, Position position, int limit, Deadline deadline) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(tableName)
            .keyConditionExpression("#user = :user AND #position " + range + " :position")
            .expressionAttributeNames(Map.of("#user", USER, "#position", POSITION))
            .expressionAttributeValues(
                Map.of(
                    ":user", AttributeValue.fromS(user.value()),
                    ":position", AttributeValue.fromS(position.value())))
            .limit(limit)
            .overrideConfiguration(deadline.forCall())
            .build();
    return dynamoDb.query(request).items();
  }
}
