package rediscover.scenarios;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Bring parcels to the doors, several at a time. Each tries again until its parcel is accepted,
 * also when the run is killed in between.
 */
final class Senders implements AutoCloseable {

  private static final int AT_ONCE = 8;

  /** Beyond it they wait, so that the run is still busy when it is killed for the last time. */
  private static final int MOST_ON_THE_WAY = 60;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** A run with its clients. The next run has other addresses. */
  private record Run(Stage stage, Doors doors, Inventory inventory) implements AutoCloseable {
    @Override
    public void close() {
      doors.close();
      inventory.close();
    }
  }

  private final Path data;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Collection<Parcel> accepted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger mishaps = new AtomicInteger();
  private volatile Run run;

  /**
   * @param data the folder of the run's data
   */
  Senders(Path data) {
    this.data = data;
  }

  /** Brings the parcels to this run from now on. */
  void turnTo(Stage stage) {
    Run before = run;
    run = new Run(stage, new Doors(stage), new Inventory(stage, data));
    if (before != null) {
      before.close();
    }
  }

  /** Starts to bring all parcels, roughly in their order. */
  Future<?> send(List<Parcel> parcels) {
    return threads.submit(
        () -> {
          List<Future<?>> errands = new ArrayList<>();
          for (Parcel parcel : parcels) {
            if (errands.size() % AT_ONCE == 0) {
              patiently(() -> run.inventory().onTheWay() < MOST_ON_THE_WAY);
            }
            places.acquire();
            errands.add(threads.submit(() -> goAndComeBack(parcel)));
          }
          for (Future<?> errand : errands) {
            errand.get();
          }
          return null;
        });
  }

  private void goAndComeBack(Parcel parcel) {
    try {
      bring(parcel);
    } finally {
      places.release();
    }
  }

  /** The parcels accepted so far. */
  Collection<Parcel> accepted() {
    return accepted;
  }

  /** How many parcels were refused as too large. */
  int refused() {
    return refused.get();
  }

  /** How often X did not answer as usual. */
  int mishapsOfX() {
    return mishaps.get();
  }

  private void bring(Parcel parcel) {
    switch (parcel) {
      case Parcel.TooLarge large -> {
        patiently(() -> isRefused(large));
        refused.incrementAndGet();
      }
      case Parcel.Likes likes when likes.door() == Parcel.Door.LIVE -> {
        var attempts = new AtomicInteger();
        patiently(() -> isAnswered(likes, attempts.getAndIncrement()));
        accepted.add(likes);
      }
      case Parcel.Likes likes -> {
        bring(likes, key(likes));
        accepted.add(likes);
      }
      case Parcel.Poison poison -> {
        bring(poison, key(poison));
        accepted.add(poison);
      }
    }
  }

  /** A key of its own: an archive that is replaced before it is read is lost. */
  static String key(Parcel.Likes likes) {
    return likes.user() + "/like-" + likes.tweetIds().getFirst() + ".js";
  }

  static String key(Parcel.Poison poison) {
    return poison.name() + "/like.js";
  }

  private void bring(Parcel parcel, String key) {
    patiently(
        () -> {
          Doors doors = run.doors();
          String text = new String(parcel.content(), StandardCharsets.UTF_8);
          switch (parcel.door()) {
            case TOPIC -> doors.publish(text);
            case QUEUE -> doors.send(text);
            case BUCKET -> doors.upload(key, parcel.content());
            case LIVE ->
                throw new IllegalArgumentException("nobody brings a parcel to " + parcel.door());
          }
          return true;
        });
  }

  private boolean isRefused(Parcel.TooLarge large) {
    String text = new String(large.content(), StandardCharsets.UTF_8);
    try {
      if (large.door() == Parcel.Door.TOPIC) {
        run.doors().publish(text);
      } else {
        run.doors().send(text);
      }
    } catch (AwsServiceException e) {
      return e.statusCode() / 100 == 4;
    }
    throw new AssertionError(large.door() + " took what is too large for it");
  }

  private boolean isAnswered(Parcel.Likes likes, int attempt) {
    Stage stage = run.stage();
    if (attempt < likes.mishaps().size()) {
      mishaps.incrementAndGet();
      stage.x().suffers(likes.user(), likes.mishaps().get(attempt), likes.content());
    } else {
      stage.x().hasPage(likes.user(), likes.content());
    }
    return stage.get("/u/" + likes.user()).status() == 200;
  }

  /** Tries again after any exception: the run may just have been killed. */
  private static void patiently(Callable<Boolean> attempt) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .ignoreExceptions()
        .until(attempt);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    if (run != null) {
      run.close();
    }
  }
}
