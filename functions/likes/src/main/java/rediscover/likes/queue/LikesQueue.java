package rediscover.likes.queue;

import rediscover.likes.aws.Deadline;
import rediscover.likes.aws.ServiceClients;
import rediscover.likes.message.LikesMessage;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The queue whose messages queue-writer stores. May be used by several threads at once.
 *
 * <p>What SQS answers comes through as its own exceptions, for instance {@link
 * software.amazon.awssdk.services.sqs.model.SqsException}.
 */
public final class LikesQueue {
  /** The environment variable with the queue's URL. */
  public static final String QUEUE_URL_VARIABLE = "LIKES_QUEUE_URL";

  /**
   * What SQS says when it has taken the like with the id 1 of the user {@code a}, for a rehearsal:
   * the client compares the message's hash.
   */
  public static final String REHEARSED_ANSWER =
      "{\"MD5OfMessageBody\": \"121b352c3bd9e744acb4e0b2cea6e99e\"}";

  private final SqsClient sqs;
  private final String queueUrl;

  /**
   * @param sqs belongs to the caller, who closes it
   */
  public LikesQueue(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * The queue that {@value #QUEUE_URL_VARIABLE} names, with region and credentials as Lambda gives
   * them.
   *
   * @throws IllegalStateException if the variable is missing
   */
  public static LikesQueue fromEnvironment(ServiceClients clients) {
    String queueUrl = clients.environment().required(QUEUE_URL_VARIABLE);
    return new LikesQueue(clients.build("sqs", SqsClient::builder), queueUrl);
  }

  /** Sends a message and returns when SQS has taken it. */
  public void send(LikesMessage message, Deadline deadline) {
    sqs.sendMessage(
        SendMessageRequest.builder()
            .queueUrl(queueUrl)
            .messageBody(message.toJson())
            .overrideConfiguration(deadline.forCall())
            .build());
  }
}
