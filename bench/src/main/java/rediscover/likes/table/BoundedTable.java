package rediscover.likes.table;

import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Opens up what the benchmark varies and the application does not. */
public final class BoundedTable {
  /** The bound that the application has. */
  public static final int CHOSEN = LikesTable.WRITE_BOUND;

  private BoundedTable() {}

  /** A table into which at most {@code bound} likes are written at a time. */
  public static LikesTable of(DynamoDbClient dynamoDb, String name, int bound) {
    return new LikesTable(dynamoDb, name, bound, RandomGenerator.getDefault());
  }
}
