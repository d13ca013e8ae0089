package rediscover.scenarios;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The application's doors, as an application of somebody else uses them, and a look inside. */
final class Doors implements AutoCloseable {

  /** A like as it lies in the table. */
  record StoredLike(String tweetId, Optional<String> text, Optional<String> url) {}

  private final Stage stage;
  private final SnsClient sns;
  private final SqsClient sqs;
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;

  Doors(Stage stage) {
    this.stage = stage;
    this.sns = stage.client(SnsClient.builder());
    this.sqs = stage.client(SqsClient.builder());
    this.s3 = stage.client(S3Client.builder().forcePathStyle(true));
    this.dynamoDb = stage.client(DynamoDbClient.builder());
  }

  void publish(String message) {
    publishTo(stage.output("TopicArn"), message);
  }

  void publishTo(String topicArn, String message) {
    sns.publish(request -> request.topicArn(topicArn).message(message));
  }

  void send(String body) {
    sendTo(stage.output("QueueUrl"), body);
  }

  void sendTo(String queueUrl, String body) {
    sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(body));
  }

  /** Puts something into the dead-letter queue. */
  void bury(String body) {
    sendTo(stage.output("DeadLetterQueueUrl"), body);
  }

  void upload(String key, byte[] file) {
    s3.putObject(
        request -> request.bucket(stage.output("BucketName")).key(key),
        RequestBody.fromBytes(file));
  }

  /** Every like of a user, in the order of the ring. */
  List<StoredLike> stored(String user) {
    return itemsOf(user, dynamoDb, stage.output("TableName")).stream().map(Doors::like).toList();
  }

  /** Every item of a user, in the order of the ring. */
  static List<Map<String, AttributeValue>> itemsOf(
      String user, DynamoDbClient dynamoDb, String table) {
    return dynamoDb
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#user = :user")
                    .expressionAttributeNames(Map.of("#user", "user"))
                    .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(user))))
        .items()
        .stream()
        .toList();
  }

  private static StoredLike like(Map<String, AttributeValue> item) {
    return new StoredLike(
        item.get("tweetId").s(),
        Optional.ofNullable(item.get("text")).map(AttributeValue::s),
        Optional.ofNullable(item.get("url")).map(AttributeValue::s));
  }

  /**
   * Looks for a message in the dead-letter queue, among those of other scenarios, which are back a
   * second later.
   */
  Optional<String> deadLetterWith(String mark) {
    return sqs
        .receiveMessage(
            request ->
                request
                    .queueUrl(stage.output("DeadLetterQueueUrl"))
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(1))
        .messages()
        .stream()
        .map(Message::body)
        .filter(body -> body.contains(mark))
        .findAny();
  }

  /** Moves everything that lies in the dead-letter queue to the likes' queue. */
  void redrive() {
    sqs.startMessageMoveTask(
        request ->
            request.sourceArn(queueArn("DeadLetterQueueUrl")).destinationArn(queueArn("QueueUrl")));
  }

  private String queueArn(String output) {
    return sqs.getQueueAttributes(
            request ->
                request.queueUrl(stage.output(output)).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  /**
   * Tries an assertion again and again until it holds: what happens behind a door happens soon, not
   * at once.
   */
  void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(stage.patience())
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(assertion);
  }

  @Override
  public void close() {
    sns.close();
    sqs.close();
    s3.close();
    dynamoDb.close();
  }
}
