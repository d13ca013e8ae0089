package rediscover.queuewriter;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.table.LikesTable;
import rediscover.support.Environment;
import rediscover.support.RecordingContext;
import rediscover.support.aws.BufferedHttpClient;
import rediscover.support.aws.ServiceClients;
import rediscover.support.rehearsal.Rehearsal;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The main class of a process in which the queue-writer stores batches with a bound of concurrent
 * writes. Prints a line when it is set up, waits for a line, and prints the time of each batch in
 * nanoseconds.
 */
public final class BatchWriter {
  private static final int MESSAGES = 10;
  private static final int LIKES = 20;

  private BatchWriter() {}

  /**
   * @param arguments the bound, the table's name, and how many batches
   */
  public static void main(String[] arguments) throws IOException {
    int bound = Integer.parseInt(arguments[0]);
    ServiceClients clients =
        new ServiceClients(Environment.ofProcess(), new BufferedHttpClient(bound))
            .connectAhead("dynamodb", Math.min(bound, QueueWriterHandler.CONNECTIONS_AHEAD));
    var handler =
        new QueueWriterHandler(
            new LikesTable(clients.build("dynamodb", DynamoDbClient::builder), arguments[1]));
    Rehearsal.play(clients, List.of(QueueWriterHandler.REHEARSAL));
    SQSEvent batch = batch();
    System.out.println("ready");
    System.in.read();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      long since = System.nanoTime();
      if (!handler.handleRequest(batch, new RecordingContext()).getBatchItemFailures().isEmpty()) {
        throw new IllegalStateException("a message was not stored");
      }
      System.out.println(System.nanoTime() - since);
    }
    System.exit(0);
  }

  /** The messages of a full batch. */
  public static List<String> messages() {
    return IntStream.range(0, MESSAGES).mapToObj(BatchWriter::message).toList();
  }

  private static String message(int number) {
    List<Like> likes =
        IntStream.range(number * LIKES, (number + 1) * LIKES)
            .mapToObj(
                id ->
                    new Like(Integer.toString(1000 + id), Optional.of("a post"), Optional.empty()))
            .toList();
    return new LikesMessage(UserName.of("sample"), likes).toJson();
  }

  private static SQSEvent batch() {
    List<SQSMessage> messages = new ArrayList<>();
    for (String body : messages()) {
      SQSMessage message = new SQSMessage();
      message.setMessageId("message-" + messages.size());
      message.setBody(body);
      messages.add(message);
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return batch;
  }
}
