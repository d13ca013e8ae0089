package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Brings likes to the application as other applications do, and looks at what it stored. */
final class Doors implements AutoCloseable {

  /** A like as the table has it. */
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

  /** Waits until exactly these likes of a user are stored. */
  void eventuallyStores(String user, List<String> tweetIds) {
    eventually(
        () ->
            assertThat(stored(user))
                .extracting(StoredLike::tweetId)
                .containsExactlyInAnyOrderElementsOf(tweetIds));
  }

  /** Waits until the dead-letter queue has a message with this mark. */
  void eventuallyBuries(String mark) {
    eventually(() -> assertThat(deadLetterWith(mark)).isPresent());
  }

  /**
   * Looks for a message in the dead-letter queue. Each message that it receives, also of other
   * scenarios, is visible again after a second.
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

  /** Counts the messages of a queue, visible or not. */
  int messagesIn(String queueUrl) {
    return messagesIn(queueUrl, sqs);
  }

  static int messagesIn(String queueUrl, SqsClient sqs) {
    return sqs
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** Moves every dead letter back to the queue, by a message move task of SQS. */
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

  /** Repeats an assertion until it holds, or until the stage's patience is over. */
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
