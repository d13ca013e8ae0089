package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rediscover.scenarios.Inventory.DeadLetter;
import rediscover.scenarios.Inventory.Key;
import rediscover.scenarios.Parcel.Door;

/**
 * The application's promise: an accepted like is stored once or lies in the dead-letter queue,
 * whatever fails. Likes and poison come through all doors, while calls of the functions fail by
 * {@link RandomFaults}, functions are killed, and the whole run is killed and started again.
 *
 * <p>Short by default, long with {@code -Psoak}. It prints the seed of all random choices, and
 * {@code -Dconservation.seed=} repeats them. Which like meets a fault depends on the machine.
 */
class ConservationIT {

  private static final long SEED =
      Long.getLong("conservation.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
  private static final int LIKES = Integer.getInteger("conservation.likes");
  private static final int FAULTS = Integer.getInteger("conservation.faults");
  private static final boolean SOAK = LIKES > 10_000;
  private static final String REPEAT = "repeat it with -Dconservation.seed=" + SEED;

  /** Every fault takes time, and many calls need few. */
  private static final double DENSITY = SOAK ? 0.06 : 0.3;

  /** Longer than topic-writer's timeout in the long run. */
  private static final Duration LONGEST_HANG = Duration.ofSeconds(SOAK ? 17 : 2);

  private static final int KILLS = SOAK ? 8 : 1;
  private static final Duration PATIENCE = Duration.ofMinutes(SOAK ? 60 : 5);

  private final Path data = Path.of(System.getProperty("conservation.data"));

  @BeforeEach
  void forgetTheLastTime() throws IOException {
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(data);
  }

  @Test
  void everyAcceptedLikeIsStoredOnceOrLiesInTheDeadLetterQueue() throws Exception {
    System.out.println("Conservation with seed " + SEED + "; " + REPEAT);
    long start = System.nanoTime();
    List<Parcel> parcels = Traffic.of(SEED, LIKES);
    try (var senders = new Senders(data)) {
      EmbeddedStage stage = EmbeddedStage.startFaulty(data, plan(0));
      try {
        senders.turnTo(stage);
        Future<?> sent = senders.send(parcels);
        for (int kill = 1; kill <= KILLS; kill++) {
          int soFar = parcels.size() * kill / (KILLS + 1);
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> sent.isDone() || senders.accepted().size() >= soFar);
          stage.kill();
          stage = EmbeddedStage.startFaulty(data, plan(kill));
          senders.turnTo(stage);
        }
        sent.get();
        check(senders, stage, parcels, start);
      } finally {
        stage.close();
      }
    }
  }

  /** Another plan for every run. */
  private static RandomFaults plan(int run) {
    return new RandomFaults(SEED + run, DENSITY, LONGEST_HANG);
  }

  private void check(Senders senders, Stage stage, List<Parcel> parcels, long start)
      throws IOException {
    try (var inventory = new Inventory(stage, data)) {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> inventory.onTheWay() == 0);
      Map<Key, Optional<String>> stored = inventory.stored();
      stored.keySet().removeIf(key -> key.user().equals("sample"));
      List<DeadLetter> dead = inventory.takeDeadLetters();
      List<String> faults = Files.readAllLines(data.resolve(FaultyRun.LOG));

      List<Parcel.Likes> likes = only(Parcel.Likes.class, senders.accepted());
      List<Parcel.Poison> poison = only(Parcel.Poison.class, senders.accepted());
      Set<Key> sent = new HashSet<>();
      likes.forEach(parcel -> sent.addAll(keys(parcel)));
      Set<Key> deadOnly = deadLikes(likes, dead);
      deadOnly.retainAll(sent);
      deadOnly.removeAll(stored.keySet());

      System.out.printf(
          "Conservation: %d likes in %d parcels and %d of them once more; %d faults at the gateway %s,"
              + " %d at X, %d kills of the whole run; %d poison messages, %d too large. %d likes are"
              + " stored, %d lie in the dead-letter queue only. %d s%n",
          sent.size(),
          likes.size(),
          likes.stream().mapToInt(parcel -> parcel.tweetIds().size()).sum() - sent.size(),
          faults.size(),
          kinds(faults),
          senders.mishapsOfX(),
          KILLS,
          poison.size(),
          senders.refused(),
          sent.stream().filter(stored::containsKey).count(),
          deadOnly.size(),
          (System.nanoTime() - start) / 1_000_000_000);

      assertThat(senders.accepted()).as(REPEAT).hasSize(parcels.size() - senders.refused());
      Set<Key> lost = new LinkedHashSet<>(sent);
      lost.removeAll(stored.keySet());
      lost.removeAll(deadOnly);
      assertThat(lost).as("likes that are lost; " + REPEAT).isEmpty();
      Set<Key> unknown = new HashSet<>(stored.keySet());
      unknown.removeAll(sent);
      poison.forEach(parcel -> unknown.removeAll(keys(parcel)));
      assertThat(unknown).as("likes that nobody sent; " + REPEAT).isEmpty();
      assertThat(wrongTexts(likes, stored)).as(REPEAT).isEmpty();
      assertThat(unexplained(poison, dead)).as("poison that is not found; " + REPEAT).isEmpty();
      assertThat(faults).as(REPEAT).hasSizeGreaterThanOrEqualTo(FAULTS);
    }
  }

  private static <P extends Parcel> List<P> only(Class<P> type, Collection<Parcel> parcels) {
    return parcels.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** How many faults of each kind there are: a line ends in {@code : Kind[…]}. */
  private static Map<String, Long> kinds(List<String> faults) {
    return faults.stream()
        .collect(
            Collectors.groupingBy(
                line -> line.replaceFirst(".*: (\\w+)\\[.*", "$1"),
                TreeMap::new,
                Collectors.counting()));
  }

  private static List<Key> keys(Parcel.Likes parcel) {
    return parcel.tweetIds().stream().map(id -> new Key(parcel.user(), id)).toList();
  }

  private static List<Key> keys(Parcel.Poison parcel) {
    return parcel.tweetIds().stream().map(id -> new Key(parcel.name(), id)).toList();
  }

  /** The likes in the dead-letter queue: those of its messages and those of its archives. */
  private static Set<Key> deadLikes(List<Parcel.Likes> likes, List<DeadLetter> dead) {
    Set<Key> keys = new HashSet<>();
    Set<String> contents = new HashSet<>();
    for (DeadLetter letter : dead) {
      keys.addAll(letter.likes());
      contents.add(letter.content());
    }
    for (Parcel.Likes parcel : likes) {
      if (parcel.door() == Door.BUCKET && contents.contains(Senders.key(parcel))) {
        keys.addAll(keys(parcel));
      }
    }
    return keys;
  }

  /** A text is the like's own, and it is there if every parcel with that like had it. */
  private static List<String> wrongTexts(
      List<Parcel.Likes> likes, Map<Key, Optional<String>> stored) {
    Set<Key> mayHaveNone = new HashSet<>();
    likes.stream()
        .filter(parcel -> !parcel.withText())
        .forEach(parcel -> mayHaveNone.addAll(keys(parcel)));
    List<String> wrong = new ArrayList<>();
    stored.forEach(
        (key, text) -> {
          boolean right =
              text.map(Traffic.text(key.tweetId())::equals).orElse(mayHaveNone.contains(key));
          if (!right) {
            wrong.add(key + " has the text " + text);
          }
        });
    return wrong;
  }

  /** The poison that is in no dead-letter queue, or about which the log does not say why. */
  private List<String> unexplained(List<Parcel.Poison> poison, List<DeadLetter> dead)
      throws IOException {
    Map<String, List<String>> logIds = new HashMap<>();
    for (DeadLetter letter : dead) {
      logIds.computeIfAbsent(letter.content(), first -> new ArrayList<>()).add(letter.logId());
    }
    List<String> log = Files.readAllLines(data.resolve("run.log"));
    List<String> unexplained = new ArrayList<>();
    for (Parcel.Poison parcel : poison) {
      String content =
          parcel.door() == Door.BUCKET
              ? Senders.key(parcel)
              : new String(parcel.content(), StandardCharsets.UTF_8);
      List<String> found = logIds.getOrDefault(content, List.of());
      boolean explained =
          log.stream()
              .anyMatch(
                  line ->
                      line.contains(parcel.reason()) && found.stream().anyMatch(line::contains));
      if (!explained) {
        unexplained.add(
            "%s by %s (%s): %s"
                .formatted(
                    parcel.name(),
                    parcel.door(),
                    parcel.reason(),
                    found.isEmpty() ? "not in the queue" : "not in the log, as " + found));
      }
    }
    return unexplained;
  }
}
