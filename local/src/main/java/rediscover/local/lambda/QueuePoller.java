package rediscover.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
 * <p>It hands over no message attributes.
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
   * Lambda uses the queue's visibility timeout, with which a failed message would reach the
   * dead-letter queue only after nine minutes. Here nobody else polls, so that no message has to be
   * hidden while the function runs.
   */
  private static final int SECONDS_HIDDEN = 1;

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
      item.putObject("messageAttributes");
      item.set("md5OfBody", message.path("MD5OfBody"));
      item.put("eventSource", "aws:sqs");
      item.put("eventSourceARN", queue.arn());
      item.put("awsRegion", region);
    }
    return JSON.writeValueAsBytes(event);
  }

  private void settle(JsonNode messages, Outcome outcome) throws IOException, InterruptedException {
    Set<String> failed = failedIds(messages, outcome);
    ArrayNode done = JSON.createArrayNode();
    for (JsonNode message : messages) {
      if (!failed.contains(message.path("MessageId").asText())) {
        done.addObject()
            .put("Id", "m" + done.size())
            .set("ReceiptHandle", message.path("ReceiptHandle"));
      }
    }
    if (done.isEmpty()) {
      return;
    }
    JsonNode answer =
        sqs.call(session(), "DeleteMessageBatch", Map.of("QueueUrl", queue.url(), "Entries", done));
    // A batch succeeds even if none of its entries does.
    for (JsonNode entry : answer.path("Failed")) {
      String why = entry.path("Message").asText();
      log.accept("DeleteMessageBatch on %s failed: %s".formatted(queue.name(), why));
    }
  }

  /** The messages of a batch that failed: all of them if the batch did. */
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
