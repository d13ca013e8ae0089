package rediscover.randomlike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import rediscover.likes.Environment;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.aws.Deadline;
import rediscover.likes.aws.InMemoryParameter;
import rediscover.likes.aws.ServiceClients;
import rediscover.likes.aws.SsmParameter;
import rediscover.likes.queue.InMemoryQueue;
import rediscover.likes.queue.LikesQueue;
import rediscover.likes.table.InMemoryTable;
import rediscover.likes.table.LikesTable;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XApi;
import rediscover.randomlike.x.XCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class SnapshotPrimingTest {
  private static final UserName SAMPLE = UserName.of("sample");
  private static final String PARAMETER = "X_CREDENTIALS";

  private static final Map<String, String> KEYS =
      Map.of("aws.accessKeyId", "key", "aws.secretAccessKey", "secret");

  /** As on Lambda with SnapStart, without keys. With an endpoint, no connection is opened ahead. */
  private static final Environment ENVIRONMENT =
      new Environment(
          Map.of(
              "AWS_REGION", "us-east-1",
              "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
              "LIKES_TABLE", "likes",
              "LIKES_QUEUE_URL", "http://127.0.0.1:1/queue",
              "TWITTER_AUTH_PARAM", PARAMETER,
              "X_API_VERSION", "2",
              "X_API_URL", "http://127.0.0.1:1"));

  private final InMemoryTable table = new InMemoryTable();
  private final InMemoryParameter parameter = new InMemoryParameter(PARAMETER);
  private final AtomicInteger setUps = new AtomicInteger();
  private final LikeFinder finder =
      new LikeFinder(new LikesTable(table, InMemoryTable.NAME), this::live);
  private final SnapshotPriming priming = new SnapshotPriming(finder);

  @Test
  void aStoredLikeIsAskedForBeforeTheSnapshot() {
    priming.beforeCheckpoint(null);
    assertThat(table.queries()).isPositive();
  }

  @Test
  void nothingOfXsSideIsInTheSnapshot() {
    parameter.is("of,before,the,snapshot");

    priming.beforeCheckpoint(null);

    assertThat(setUps).hasValue(0);
    assertThat(parameter.reads()).isZero();
  }

  /** Its generator is seeded when it is loaded: before the snapshot, all copies would share it. */
  @Test
  void twitter4jsNoncesAreNotInTheSnapshot() throws Exception {
    String nonces = "twitter4j.auth.OAuthAuthorization";
    try (var classes = new LoadedClasses()) {
      classes.run(Primed.class);
      assertThat(classes.contain(SnapshotPriming.class.getName())).isTrue();
      assertThat(classes.contain(nonces)).isFalse();

      classes.run(AskedX.class);
      assertThat(classes.contain(nonces)).isTrue();
    }
  }

  /** The handler set up as on Lambda, and then primed with a table in place of DynamoDB. */
  public static final class Primed implements Runnable {
    @Override
    public void run() {
      RandomLikeHandler.finder(new ServiceClients(ENVIRONMENT));
      var table = new LikesTable(new InMemoryTable(), InMemoryTable.NAME);
      var finder =
          new LikeFinder(table, () -> RandomLikeHandler.liveLikes(new ServiceClients(ENVIRONMENT)));
      new RandomLikeHandler(finder);
      new SnapshotPriming(finder).beforeCheckpoint(null);
    }
  }

  /** The first user without stored likes: X is asked at a port where nobody listens. */
  public static final class AskedX implements Runnable {
    @Override
    public void run() {
      XApi.ofVersion("2", "http://127.0.0.1:1").likesOf(SAMPLE, XCredentials.parse("a,b,c,d"));
    }
  }

  @Test
  void aConnectionThatIsGoneAfterTheRestoreIsOpenedAgain() throws IOException {
    KEYS.forEach(System::setProperty);
    try (EmptyDynamoDb server = new EmptyDynamoDb();
        DynamoDbClient client =
            new ServiceClients(ENVIRONMENT)
                .build(
                    "dynamodb",
                    () -> DynamoDbClient.builder().endpointOverride(server.address()))) {
      LikeFinder remote = new LikeFinder(new LikesTable(client, "likes"), this::live);
      var remotePriming = new SnapshotPriming(remote);
      remotePriming.beforeCheckpoint(null);
      assertThat(server.connections()).isOne();

      server.hangUp();
      remotePriming.afterRestore(null);

      assertThat(
              remote.stored(
                  new LikeRequest(SAMPLE, Optional.empty()), Deadline.in(Duration.ofMinutes(1))))
          .isEmpty();
      assertThat(server.connections()).isEqualTo(2);
    } finally {
      KEYS.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void credentialsAreThoseOfAfterTheRestore() {
    parameter.is("of,before,the,snapshot");
    priming.beforeCheckpoint(null);
    parameter.is("of,after,the,restore");
    priming.afterRestore(null);

    Answer answer =
        finder.find(new LikeRequest(SAMPLE, Optional.empty()), Deadline.in(Duration.ofMinutes(1)));

    assertThat(answer).isEqualTo(new Answer.Found(SAMPLE, Like.of("20"), 1));
  }

  @Test
  void aTableThatCannotBeAskedFailsTheSnapshot() {
    LikeFinder broken = new LikeFinder(new LikesTable(table, "another"), this::live);
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> new SnapshotPriming(broken).beforeCheckpoint(null));
  }

  /** X that takes the credentials of after the restore and no others. */
  private LiveLikes live() {
    setUps.incrementAndGet();
    return new LiveLikes(
        (user, credentials) ->
            credentials.accessToken().equals("the") && credentials.consumerSecret().equals("after")
                ? new LikedPage.Likes(List.of(Like.of("20")))
                : new LikedPage.Refused("other credentials"),
        new SsmParameter<>(
            parameter,
            PARAMETER,
            XCredentials::parse,
            RandomLikeHandler.PACE,
            InstantSource.system()),
        new LikesQueue(new InMemoryQueue(), InMemoryQueue.URL),
        new Random(1));
  }
}
