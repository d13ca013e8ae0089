package rediscover.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What an embedded run holds: in its table, its queues, and its waiting events. */
final class Inventory implements AutoCloseable {

  /** A like of a user. */
  record Key(String user, String tweetId) {}

  /**
   * A message of the dead-letter queue.
   *
   * @param logId of the invocation or the message, by which the log has the reason
   * @param content the message as it was sent or published, or the key of an archive
   */
  record DeadLetter(String logId, String content, Set<Key> likes) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage;
  private final Path events;
  private final SqsClient sqs;
  private final DynamoDbClient dynamoDb;

  /**
   * @param data the folder of the run's data
   */
  Inventory(Stage stage, Path data) {
    this.stage = stage;
    this.events = data.resolve("events");
    this.sqs = stage.client(SqsClient.builder());
    this.dynamoDb = stage.client(DynamoDbClient.builder());
  }

  /** Counts the messages and events that are not yet in the table or the dead-letter queue. */
  int onTheWay() throws IOException {
    // Events first: an archive's event ends when its messages are in the queue.
    try (Stream<Path> files = Files.list(events)) {
      return (int) files.count() + Doors.messagesIn(stage.output("QueueUrl"), sqs);
    }
  }

  /**
   * Every like in the table, with its text if it has one.
   *
   * @throws IllegalStateException if a like is stored twice
   */
  Map<Key, Optional<String>> stored() {
    Map<Key, Optional<String>> stored = new HashMap<>();
    for (Map<String, AttributeValue> item :
        dynamoDb.scanPaginator(request -> request.tableName(stage.output("TableName"))).items()) {
      var key = new Key(item.get("user").s(), item.get("tweetId").s());
      var text = Optional.ofNullable(item.get("text")).map(AttributeValue::s);
      if (stored.put(key, text) != null) {
        throw new IllegalStateException(key + " is stored twice");
      }
    }
    return stored;
  }

  /** Takes everything out of the dead-letter queue. */
  List<DeadLetter> takeDeadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(
                  request ->
                      request
                          .queueUrl(stage.output("DeadLetterQueueUrl"))
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(3600))
              .messages();
      if (messages.isEmpty()) {
        return letters;
      }
      messages.forEach(message -> letters.add(letter(message)));
    }
  }

  private static DeadLetter letter(Message message) {
    JsonNode failed = json(message.body());
    JsonNode event = failed.at("/requestPayload/Records/0");
    if (event.isMissingNode()) {
      return letter(message.messageId(), message.body());
    }
    String requestId = failed.at("/requestContext/requestId").asText();
    if (event.has("Sns")) {
      return letter(requestId, event.at("/Sns/Message").asText());
    }
    String key = URLDecoder.decode(event.at("/s3/object/key").asText(), StandardCharsets.UTF_8);
    return new DeadLetter(requestId, key, Set.of());
  }

  private static DeadLetter letter(String logId, String content) {
    JsonNode message = json(content);
    Set<Key> likes = new HashSet<>();
    for (JsonNode like : message.path("likes")) {
      likes.add(new Key(message.path("user").asText(), like.path("tweetId").asText()));
    }
    return new DeadLetter(logId, content, likes);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Poison need not be JSON.
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    sqs.close();
    dynamoDb.close();
  }
}
