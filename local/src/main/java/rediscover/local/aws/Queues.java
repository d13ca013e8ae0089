package rediscover.local.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import rediscover.local.application.QueueSpec;
import rediscover.local.application.SessionKey;
import rediscover.local.client.JsonClient;
import scala.Option;
import scala.collection.immutable.Nil$;
import scala.util.Left;

/** SQS: ElasticMQ in this process, with its data in a file. */
public final class Queues extends Forwarder implements AutoCloseable {

  private static final Duration RESTORE_LIMIT = Duration.ofSeconds(30);

  private final SQSRestServer server;
  private final JsonClient sqs;

  private Queues(SQSRestServer server, URI address, JsonClient sqs) {
    super(address);
    this.server = server;
    this.sqs = sqs;
  }

  /**
   * @param data the folder that holds the data file: what lies in a queue outlives a run
   * @param endpoint the address that queue URLs begin with
   */
  public static Queues start(Path data, URI endpoint, String region, String accountId)
      throws IOException, InterruptedException {
    Files.createDirectories(data);
    ActorSystem actors = ActorSystem.create("elasticmq");
    ActorRef keeper =
        actors.actorOf(
            Props.create(
                SqlQueuePersistenceActor.class,
                new SqlQueuePersistenceConfig(
                    true,
                    "org.h2.Driver",
                    // Or else H2 writes what it has committed half a second later.
                    "jdbc:h2:" + data.resolve("queues") + ";WRITE_DELAY=0",
                    "",
                    "",
                    false),
                Nil$.MODULE$));
    ActorRef lateKeeper =
        actors.actorOf(
            Props.create(
                LateForgetting.class, () -> new LateForgetting(keeper, LateForgetting.MOMENT)));
    ActorRef manager =
        actors.actorOf(
            Props.create(
                QueueManagerActor.class,
                new NowProvider(),
                StrictSQSLimits$.MODULE$,
                Option.apply(lateKeeper)));
    restore(keeper, manager);
    LockedHttp.installIn(actors);
    SQSRestServer server =
        SQSRestServerBuilder.withActorSystem(actors)
            .withQueueManagerActor(manager)
            .withQueueEventListener(lateKeeper)
            .withInterface("127.0.0.1")
            .withDynamicPort()
            .withServerAddress(
                new NodeAddress(endpoint.getScheme(), endpoint.getHost(), endpoint.getPort(), ""))
            .withAWSRegion(region)
            .withAWSAccountId(accountId)
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    var address = URI.create("http://127.0.0.1:" + port);
    return new Queues(server, address, JsonClient.sqs(address, region));
  }

  /** Creates the queues that are not there from the last run, or gives them their attributes. */
  public void create(List<QueueSpec> queues) throws IOException, InterruptedException {
    // A queue comes after the dead-letter queue that it names.
    for (boolean names : List.of(false, true)) {
      for (QueueSpec queue : queues) {
        if (queue.attributes().containsKey("RedrivePolicy") == names) {
          sqs.call(
              SessionKey.DEVELOPER,
              "CreateQueue",
              Map.of("QueueName", queue.name(), "Attributes", queue.attributes()));
        }
      }
    }
  }

  /** Fills the queues with what the last run left in them. */
  private static void restore(ActorRef keeper, ActorRef manager)
      throws IOException, InterruptedException {
    try {
      Object answer =
          Patterns.ask(keeper, new QueueEvent.Restore(manager), RESTORE_LIMIT)
              .toCompletableFuture()
              .get();
      if (answer instanceof Left<?, ?> errors) {
        throw new IOException("the queues of the last run cannot be read: " + errors.value());
      }
    } catch (ExecutionException e) {
      throw new IOException("the queues of the last run cannot be read", e.getCause());
    }
  }

  /** Puts a message into a queue for another service, which has already been let in. */
  void put(QueueSpec queue, String message) throws IOException {
    try {
      sqs.call(
          SessionKey.DEVELOPER,
          "SendMessage",
          Map.of("QueueUrl", queue.url(), "MessageBody", message));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending to " + queue.name(), e);
    }
  }

  /** Does not wait: the server would, for every poll that is still open. */
  @Override
  public void close() {
    server.stopAndGetFuture().apply();
  }
}
