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
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** All that lies in an embedded run: in its table, its queues, and its events that wait. */
final class Inventory implements AutoCloseable {

  /** A like, whose ever it is. */
  record Key(String user, String tweetId) {}

  /**
   * What lies in the dead-letter queue.
   *
   * @param logId under which the log has the reason: the invocation's or the message's id
   * @param content the message as it was brought, or the key of an archive
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

  /** How much is still on its way to the table or to the dead-letter queue: messages and events. */
  int onTheWay() throws IOException {
    // An archive's event goes when its messages are in the queue, so it is looked at first.
    try (Stream<Path> files = Files.list(events)) {
      return (int) files.count() + messages();
    }
  }

  private int messages() {
    return sqs
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(stage.output("QueueUrl"))
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /**
   * Every like in the table, with its text if it has one.
   *
   * @throws IllegalStateException if a like is there twice
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
