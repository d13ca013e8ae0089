package rediscover.queuewriter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import rediscover.likes.message.Envelope;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.message.MalformedMessageException;
import rediscover.likes.table.LikesNotStoredException;
import rediscover.likes.table.LikesTable;
import rediscover.support.LogLine;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import rediscover.support.event.Records;
import rediscover.support.rehearsal.Rehearsal;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Stores the likes that Lambda polls from a queue. It returns a partial batch response: only the
 * messages that it could not store go back to the queue.
 */
public final class QueueWriterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  static final Rehearsal<SQSEvent, SQSBatchResponse> REHEARSAL =
      new Rehearsal<>(
          QueueWriterHandler::new,
          new QueueWriterSerializer(),
          """
          {"Records": [{"messageId": "1", "body":
            "{\\"user\\": \\"a\\", \\"likes\\": [{\\"tweetId\\": \\"1\\"}]}"}]}
          """,
          putItem -> "{}");

  /** The first batch needs many connections, and each takes time to open. */
  static final int CONNECTIONS_AHEAD = 8;

  private final LikesTable table;

  /** Wired from the environment, as Lambda calls it. */
  public QueueWriterHandler() {
    ServiceClients clients = ServiceClients.ofProcess().connectAhead("dynamodb", CONNECTIONS_AHEAD);
    this(clients);
    Rehearsal.play(clients, List.of(REHEARSAL));
  }

  private QueueWriterHandler(ServiceClients clients) {
    this(LikesTable.fromEnvironment(clients));
  }

  QueueWriterHandler(LikesTable table) {
    this.table = table;
  }

  /**
   * @throws IllegalArgumentException if the event is not from SQS
   */
  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    Deadline deadline = Deadline.of(context);
    List<SQSMessage> messages = Records.from("SQS", event.getRecords(), SQSMessage::getBody);
    List<Future<Integer>> writes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      messages.forEach(message -> writes.add(threads.submit(() -> store(message, deadline))));
    }

    List<BatchItemFailure> failures = new ArrayList<>();
    int likes = 0;
    for (int i = 0; i < writes.size(); i++) {
      Future<Integer> write = writes.get(i);
      if (write.state() == Future.State.SUCCESS) {
        likes += write.resultNow();
      } else {
        String id = messages.get(i).getMessageId();
        reason(LogLine.error("not stored").with("sqsMessageId", id), write.exceptionNow())
            .log(context);
        failures.add(new BatchItemFailure(id));
      }
    }
    LogLine.info("stored")
        .with("messages", messages.size() - failures.size())
        .with("failed", failures.size())
        .with("likes", likes)
        .log(context);
    return new SQSBatchResponse(failures);
  }

  private static LogLine reason(LogLine line, Throwable failure) {
    boolean expected =
        failure instanceof MalformedMessageException
            || failure instanceof LikesNotStoredException
                && failure.getCause() instanceof SdkException;
    return expected ? line.with("reason", failure.toString()) : line.with("reason", failure);
  }

  /** Stores a message and returns its number of likes. */
  private int store(SQSMessage message, Deadline deadline) {
    LikesMessage likes = LikesMessage.parse(Envelope.open(message.getBody()));
    table.store(likes.user(), likes.likes(), deadline);
    return likes.likes().size();
  }
}
