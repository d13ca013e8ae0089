package rediscover.local.aws;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Cancellable;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent.MessageAdded;
import org.elasticmq.actor.queue.QueueEvent.MessageRemoved;

/**
 * Passes events of ElasticMQ's queues on to the actor that persists them, and delays removals by a
 * moment.
 *
 * <p>When a message moves to a dead-letter queue, two actors at once remove it here and add it
 * there. If the removal is persisted first and the run is killed then, the message is lost. In the
 * other order it is received twice, which SQS allows. ElasticMQ has no setting for this order; an
 * event listener of its own is the one place to change it.
 */
final class LateForgetting extends AbstractActor {

  static final Duration MOMENT = Duration.ofMillis(500);

  /** A message's place in the data file. */
  private record Place(String queue, String messageId) {}

  /** The moment is over. */
  private record Due(Place place) {}

  private final ActorRef keeper;
  private final Duration moment;
  private final Map<Place, Cancellable> leaving = new HashMap<>();

  LateForgetting(ActorRef keeper, Duration moment) {
    this.keeper = keeper;
    this.moment = moment;
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(MessageRemoved.class, this::forgetLater)
        .match(Due.class, due -> forget(due.place()))
        .match(MessageAdded.class, this::add)
        .matchAny(event -> keeper.forward(event, getContext()))
        .build();
  }

  private void forgetLater(MessageRemoved removed) {
    var place = new Place(removed.queueName(), removed.messageId());
    leaving.put(
        place,
        getContext()
            .getSystem()
            .scheduler()
            .scheduleOnce(
                moment, getSelf(), new Due(place), getContext().getDispatcher(), getSelf()));
    getSender().tell(OperationSuccessful$.MODULE$, getSelf());
  }

  /** A message that comes back, or of which a killed run had already written down the move. */
  private void add(MessageAdded added) {
    forget(new Place(added.queueName(), added.message().id()));
    keeper.forward(added, getContext());
  }

  private void forget(Place place) {
    Cancellable timer = leaving.remove(place);
    if (timer != null) {
      timer.cancel();
    }
    keeper.tell(new MessageRemoved(place.queue(), place.messageId()), ActorRef.noSender());
  }
}
