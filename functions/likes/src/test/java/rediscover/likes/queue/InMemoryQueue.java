package rediscover.likes.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import rediscover.likes.message.LikesMessage;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** SQS as far as {@link LikesQueue} asks it: SendMessage. It refuses all else. */
public final class InMemoryQueue implements SqsClient {
  public static final String URL = "https://sqs.us-east-1.amazonaws.com/123456789012/likes-queue";

  private final List<LikesMessage> messages = new CopyOnWriteArrayList<>();
  private volatile Consumer<LikesMessage> beforeSend = message -> {};

  /** What happens in each SendMessage before the queue takes it: it may wait or throw. */
  public void beforeSend(Consumer<LikesMessage> action) {
    beforeSend = action;
  }

  /** The messages that the queue took. */
  public List<LikesMessage> messages() {
    return List.copyOf(messages);
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    if (!request.queueUrl().equals(URL)) {
      throw QueueDoesNotExistException.builder().message("No queue of this URL").build();
    }
    LikesMessage message = LikesMessage.parse(request.messageBody());
    beforeSend.accept(message);
    messages.add(message);
    return SendMessageResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }
}
