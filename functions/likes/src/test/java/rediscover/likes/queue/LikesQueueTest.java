package rediscover.likes.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.support.Environment;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import software.amazon.awssdk.services.sqs.model.SqsException;

class LikesQueueTest {
  private final InMemoryQueue sqs = new InMemoryQueue();
  private final LikesQueue queue = new LikesQueue(sqs, InMemoryQueue.URL);
  private final LikesMessage message =
      new LikesMessage(new UserName("sample"), List.of(Like.of("20")));

  @Test
  void aMessageIsSent() {
    queue.send(message, Deadline.in(Duration.ofMinutes(1)));
    assertThat(sqs.messages()).containsExactly(message);
  }

  @Test
  void aFailureComesThrough() {
    SqsException denied = (SqsException) SqsException.builder().message("denied").build();
    sqs.beforeSend(
        any -> {
          throw denied;
        });
    assertThatThrownBy(() -> queue.send(message, Deadline.in(Duration.ofMinutes(1))))
        .isSameAs(denied);
  }

  @Test
  void aMissingQueueUrlIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LikesQueue.fromEnvironment(new ServiceClients(new Environment(Map.of()))))
        .withMessageContaining("LIKES_QUEUE_URL");
  }
}
