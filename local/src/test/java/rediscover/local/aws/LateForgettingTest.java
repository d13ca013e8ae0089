package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.awaitility.Awaitility;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LateForgettingTest {

  /** Instead of the one that writes the data file. */
  private static final class Recorder extends AbstractActor {
    private final List<Object> written;

    Recorder(List<Object> written) {
      this.written = written;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().matchAny(written::add).build();
    }
  }

  private final List<Object> written = new CopyOnWriteArrayList<>();
  private final ActorSystem actors = ActorSystem.create();
  private final ActorRef keeper =
      actors.actorOf(Props.create(Recorder.class, () -> new Recorder(written)));
  private final ActorRef late =
      actors.actorOf(Props.create(LateForgetting.class, () -> new LateForgetting(keeper)));

  @AfterEach
  void stop() {
    actors.terminate();
  }

  @Test
  void aRemovalIsAnsweredAtOnceAndWrittenDownAfterWhatComesSoon() throws Exception {
    var removed = new QueueEvent.MessageRemoved("queue", "id");
    var soon = new QueueEvent.QueueDeleted("another");

    Object answer =
        Patterns.ask(late, removed, Duration.ofSeconds(10))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    late.tell(soon, ActorRef.noSender());

    assertThat(answer).isEqualTo(OperationSuccessful$.MODULE$);
    Awaitility.await().until(() -> written.size() == 2);
    assertThat(written).containsExactly(soon, removed);
  }
}
