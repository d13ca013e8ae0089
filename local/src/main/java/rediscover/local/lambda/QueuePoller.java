package rediscover.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import rediscover.local.application.EventSourceMapping;
import rediscover.local.application.QueueSpec;
import rediscover.local.application.SessionKey;
import rediscover.local.client.JsonClient;

/**
 * An event source mapping: polls a queue with the function's own role, invokes the function with
 * each batch, and deletes the messages that the function did not report as failed.
 *
 * <p>A failed message is visible again after a second instead of the queue's visibility timeout.
 * With that, it would reach the dead-letter queue only after nine minutes.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">how
 *     Lambda handles errors of a batch</a>
 */
public final class QueuePoller implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(1);

  /** Lambda waits 20. Here the loss of a permission takes effect sooner. */
  private static final int SECONDS_A_POLL = 2;

  /**
   * Lambda uses the queue's visibility timeout. Here nobody else polls, and messages of a killed
   * run become visible soon.
   */
  private static final int SECONDS_HIDDEN = 5;

  private final EventSourceMapping mapping;
  private final QueueSpec queue;
  private final String region;
  private final Invocable function;
  private final JsonClient sqs;
  private final Consumer<String> log;
  private final Thread thread;

  public QueuePoller(
      EventSourceMapping mapping,
      QueueSpec queue,
      String region,
      Invocable function,
      JsonClient sqs,
      Consumer<String> log) {
    this.mapping = mapping;
    this.queue = queue;
    this.region = region;
    this.function = function;
    this.sqs = sqs;
    this.log = log;
    this.thread = Thread.ofVirtual().name("poller of " + queue.name()).unstarted(this::poll);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void poll() {
    String lastProblem = "";
    boolean known = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!known) {
          // As Lambda does, to know the visibility timeout.
          sqs.call(
              session(),
              "GetQueueAttributes",
              Map.of("QueueUrl", queue.url(), "AttributeNames", List.of("VisibilityTimeout")));
          known = true;
        }
        JsonNode messages = receive();
        if (!messages.isEmpty()) {
          settle(messages, function.invoke(event(messages)));
        }
        lastProblem = "";
      } catch (IOException | RuntimeException e) {
        // Any failure: the next batch may succeed.
        String problem = e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
        if (!lastProblem.equals(problem)) {
          lastProblem = problem;
          log.accept("polling " + queue.name() + " failed: " + lastProblem);
        }
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AFTER_AN_ERROR);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode receive() throws IOException, InterruptedException {
    return sqs.call(
            session(),
            "ReceiveMessage",
            Map.of(
                "QueueUrl",
                queue.url(),
                "MaxNumberOfMessages",
                Math.min(10, mapping.batchSize()),
                "WaitTimeSeconds",
                SECONDS_A_POLL,
                "VisibilityTimeout",
                SECONDS_HIDDEN,
                "AttributeNames",
                List.of("All"),
                "MessageAttributeNames",
                List.of("All")))
        .path("Messages");
  }

  private byte[] event(JsonNode messages) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (JsonNode message : messages) {
      ObjectNode item = records.addObject();
      item.set("messageId", message.path("MessageId"));
      item.set("receiptHandle", message.path("ReceiptHandle"));
      item.set("body", message.path("Body"));
      item.set("attributes", message.path("Attributes"));
      item.set("messageAttributes", attributes(message.path("MessageAttributes")));
      item.set("md5OfBody", message.path("MD5OfBody"));
      item.put("eventSource", "aws:sqs");
      item.put("eventSourceARN", queue.arn());
      item.put("awsRegion", region);
    }
    return JSON.writeValueAsBytes(event);
  }

  private static ObjectNode attributes(JsonNode sent) {
    ObjectNode attributes = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> attribute : sent.properties()) {
      ObjectNode item = attributes.putObject(attribute.getKey());
      for (String part : List.of("StringValue", "BinaryValue", "DataType")) {
        if (attribute.getValue().has(part)) {
          item.set(
              part.substring(0, 1).toLowerCase(Locale.ROOT) + part.substring(1),
              attribute.getValue().get(part));
        }
      }
      item.putArray("stringListValues");
      item.putArray("binaryListValues");
    }
    return attributes;
  }

  private void settle(JsonNode messages, Outcome outcome) throws IOException, InterruptedException {
    Set<String> failed = failedIds(messages, outcome);
    List<Map<String, Object>> done = new ArrayList<>();
    List<Map<String, Object>> again = new ArrayList<>();
    for (JsonNode message : messages) {
      boolean toBeTriedAgain = failed.contains(message.path("MessageId").asText());
      Map<String, Object> entry = new HashMap<>();
      entry.put("Id", "m" + (done.size() + again.size()));
      entry.put("ReceiptHandle", message.path("ReceiptHandle").asText());
      if (toBeTriedAgain) {
        entry.put("VisibilityTimeout", 1);
      }
      (toBeTriedAgain ? again : done).add(entry);
    }
    if (!done.isEmpty()) {
      batch(session(), "DeleteMessageBatch", done);
    }
    if (!again.isEmpty()) {
      // The run itself does this, to save waiting: the role need not allow it.
      batch(SessionKey.DEVELOPER, "ChangeMessageVisibilityBatch", again);
    }
  }

  private void batch(SessionKey caller, String action, List<Map<String, Object>> entries)
      throws IOException, InterruptedException {
    JsonNode answer = sqs.call(caller, action, Map.of("QueueUrl", queue.url(), "Entries", entries));
    // A batch succeeds even if none of its entries does.
    for (JsonNode entry : answer.path("Failed")) {
      log.accept(
          "%s on %s failed: %s".formatted(action, queue.name(), entry.path("Message").asText()));
    }
  }

  /** The messages of a batch that must become visible again: all of them if the batch failed. */
  private Set<String> failedIds(JsonNode messages, Outcome outcome) throws IOException {
    Set<String> all = new HashSet<>();
    messages.forEach(message -> all.add(message.path("MessageId").asText()));
    return switch (outcome) {
      case Outcome.Failed failure -> all;
      case Outcome.Answered answer when !mapping.reportsFailures() -> Set.of();
      case Outcome.Answered answer -> {
        Set<String> reported = new HashSet<>();
        for (JsonNode item : JSON.readTree(answer.payload()).path("batchItemFailures")) {
          reported.add(item.path("itemIdentifier").asText());
        }
        // As Lambda does: an id that is no message's makes the whole batch a failure.
        yield all.containsAll(reported) ? reported : all;
      }
    };
  }

  private SessionKey session() {
    return function.spec().session();
  }
}
