package rediscover.likes.queue;

import rediscover.likes.message.LikesMessage;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Sends messages to the queue that queue-writer polls. Thread-safe.
 *
 * <p>Errors of SQS are thrown as the SDK's exceptions, for example {@link
 * software.amazon.awssdk.services.sqs.model.SqsException}.
 */
public final class LikesQueue {
  /** The environment variable with the queue's URL. */
  public static final String QUEUE_URL_VARIABLE = "LIKES_QUEUE_URL";

  /**
   * SQS's answer to a message with the like 1 of the user {@code a}, for a rehearsal. The client
   * checks the hash.
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
   * The queue that {@value #QUEUE_URL_VARIABLE} names, with Lambda's region and credentials.
   *
   * @throws IllegalStateException if the variable is missing
   */
  public static LikesQueue fromEnvironment(ServiceClients clients) {
    String queueUrl = clients.environment().required(QUEUE_URL_VARIABLE);
    return new LikesQueue(clients.build("sqs", SqsClient::builder), queueUrl);
  }

  /** Sends a message and returns when SQS has accepted it. */
  public void send(LikesMessage message, Deadline deadline) {
    sqs.sendMessage(
        SendMessageRequest.builder()
            .queueUrl(queueUrl)
            .messageBody(message.toJson())
            .overrideConfiguration(deadline.forCall())
            .build());
  }
}
