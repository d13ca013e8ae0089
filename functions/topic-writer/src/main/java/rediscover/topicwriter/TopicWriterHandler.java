package rediscover.topicwriter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNS;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import java.util.List;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.table.LikesTable;
import rediscover.support.LogLine;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import rediscover.support.event.Records;
import rediscover.support.rehearsal.Rehearsal;

/**
 * Stores the likes of a topic's messages. SNS invokes it asynchronously, so it throws every
 * failure: Lambda retries the event and finally sends it to the on-failure destination.
 */
public final class TopicWriterHandler implements RequestHandler<SNSEvent, Void> {
  static final Rehearsal<SNSEvent, Void> REHEARSAL =
      new Rehearsal<>(
          TopicWriterHandler::new,
          new TopicWriterSerializer(),
          """
          {"Records": [{"Sns": {"MessageId": "1", "Message":
            "{\\"user\\": \\"a\\", \\"likes\\": [{\\"tweetId\\": \\"1\\"}]}"}}]}
          """,
          putItem -> "{}");

  private final LikesTable table;

  /** Wired from the environment, as Lambda calls it. */
  public TopicWriterHandler() {
    ServiceClients clients = ServiceClients.ofProcess().connectAhead("dynamodb", 2);
    this(clients);
    Rehearsal.play(clients, List.of(REHEARSAL));
  }

  private TopicWriterHandler(ServiceClients clients) {
    this(LikesTable.fromEnvironment(clients));
  }

  TopicWriterHandler(LikesTable table) {
    this.table = table;
  }

  /**
   * @throws MessageNotStoredException if a message is malformed or any of its likes was not stored
   * @throws IllegalArgumentException if the event is not from SNS
   */
  @Override
  public Void handleRequest(SNSEvent event, Context context) {
    Deadline deadline = Deadline.of(context);
    for (SNSRecord record : Records.from("SNS", event.getRecords(), SNSRecord::getSNS)) {
      SNS notification = record.getSNS();
      int likes = store(notification, deadline);
      LogLine.info("stored")
          .with("snsMessageId", notification.getMessageId())
          .with("likes", likes)
          .log(context);
    }
    return null;
  }

  private int store(SNS notification, Deadline deadline) {
    try {
      LikesMessage message = LikesMessage.parse(notification.getMessage());
      table.store(message.user(), message.likes(), deadline);
      return message.likes().size();
    } catch (RuntimeException e) {
      throw new MessageNotStoredException(notification.getMessageId(), e);
    }
  }
}
