package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
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

  private final QueueEvent.MessageRemoved removed = new QueueEvent.MessageRemoved("queue", "id");
  private final List<Object> written = new CopyOnWriteArrayList<>();
  private final ActorSystem actors = ActorSystem.create();
  private final ActorRef keeper =
      actors.actorOf(Props.create(Recorder.class, () -> new Recorder(written)));

  @AfterEach
  void stop() {
    actors.terminate();
  }

  @Test
  void aRemovalIsAnsweredAtOnceAndWhatComesSoonIsWrittenDownBeforeIt() throws Exception {
    ActorRef late = late(Duration.ofHours(1));
    var soon = new QueueEvent.QueueDeleted("another");

    assertThat(answer(late, removed)).isEqualTo(OperationSuccessful$.MODULE$);
    late.tell(soon, ActorRef.noSender());

    await().until(() -> !written.isEmpty());
    assertThat(written).containsExactly(soon);
  }

  @Test
  void aRemovalIsWrittenDownWhenItsMomentIsOver() throws Exception {
    answer(late(Duration.ofMillis(1)), removed);

    await().until(() -> !written.isEmpty());
    assertThat(written).containsExactly(removed);
  }

  private ActorRef late(Duration moment) {
    return actors.actorOf(
        Props.create(LateForgetting.class, () -> new LateForgetting(keeper, moment)));
  }

  private static Object answer(ActorRef actor, Object message) throws Exception {
    return Patterns.ask(actor, message, Duration.ofMinutes(1)).toCompletableFuture().get();
  }
}
