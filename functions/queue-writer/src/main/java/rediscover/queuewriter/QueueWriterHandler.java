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
import rediscover.likes.Environment;
import rediscover.likes.lambda.LogLine;
import rediscover.likes.message.Envelope;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.table.LikesTable;

/**
 * Stores the likes that are polled from a queue. A message that cannot be stored goes back to the
 * queue alone, as a partial batch response: the others are stored and do not come again.
 */
public final class QueueWriterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final LikesTable table;

  /** Wired from the environment, as Lambda calls it. */
  public QueueWriterHandler() {
    this(LikesTable.fromEnvironment(Environment.ofProcess()));
  }

  QueueWriterHandler(LikesTable table) {
    this.table = table;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<SQSMessage> messages = event.getRecords() == null ? List.of() : event.getRecords();
    List<Future<Integer>> writes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      messages.forEach(message -> writes.add(threads.submit(() -> store(message))));
    }

    List<BatchItemFailure> failures = new ArrayList<>();
    int likes = 0;
    for (int i = 0; i < writes.size(); i++) {
      Future<Integer> write = writes.get(i);
      if (write.state() == Future.State.SUCCESS) {
        likes += write.resultNow();
      } else {
        String id = messages.get(i).getMessageId();
        LogLine.error("not stored")
            .with("sqsMessageId", id)
            .with("reason", write.exceptionNow().toString())
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

  /** Returns the number of likes that the message held. */
  private int store(SQSMessage message) {
    LikesMessage likes = LikesMessage.parse(Envelope.open(message.getBody()));
    table.store(likes.user(), likes.likes());
    return likes.likes().size();
  }
}
