package rediscover.queuewriter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.List;
import rediscover.likes.table.LikesTable;
import rediscover.support.Environment;
import rediscover.support.aws.BufferedHttpClient;
import rediscover.support.aws.ServiceClients;
import rediscover.support.rehearsal.Rehearsal;

/** The queue-writer, with the bound of concurrent writes from an environment variable. */
public final class BoundedQueueWriter implements RequestHandler<SQSEvent, SQSBatchResponse> {
  public static final String BOUND_VARIABLE = "WRITES_AT_ONCE";

  private final QueueWriterHandler handler;

  public BoundedQueueWriter() {
    Environment environment = Environment.ofProcess();
    int bound = Integer.parseInt(environment.required(BOUND_VARIABLE));
    ServiceClients clients =
        new ServiceClients(environment, new BufferedHttpClient(bound))
            .connectAhead("dynamodb", Math.min(bound, QueueWriterHandler.CONNECTIONS_AHEAD));
    handler = new QueueWriterHandler(LikesTable.fromEnvironment(clients));
    Rehearsal.play(clients, List.of(QueueWriterHandler.REHEARSAL));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent batch, Context context) {
    return handler.handleRequest(batch, context);
  }
}
