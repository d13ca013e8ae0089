package rediscover.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import rediscover.queuewriter.BoundedQueueWriter;
import rediscover.support.aws.BufferedHttpClient;

/**
 * How long the queue-writer takes for a batch, by the bound of its concurrent writes. Each bound
 * has environments of its own, because connections outlive a batch.
 */
final class Batches {
  private static final List<Integer> BOUNDS = List.of(1, 4, 8, 16, 32, 64);
  private static final int LATER_BATCHES = 4;
  private static final int ROUNDS = 3;

  private Batches() {}

  /** The first batches of several environments, and the later ones. */
  private record Measured(Spread first, Spread later) {}

  /**
   * @param queueWriter whose handler is {@link BoundedQueueWriter}
   */
  static Table measure(ExecutionEnvironment.Host host, LambdaPackage queueWriter)
      throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    Measured oneByOne = null;
    for (int bound : BOUNDS) {
      String name = Integer.toString(bound);
      Measured of = run(host, queueWriter.with(BoundedQueueWriter.BOUND_VARIABLE, name));
      if (oneByOne == null) {
        oneByOne = of;
      }
      rows.add(
          List.of(
              bound == BufferedHttpClient.CONNECTIONS ? "**" + name + "**" : name,
              of.first().millis(),
              of.later().millis(),
              "%.1f".formatted(oneByOne.first().median() / of.first().median()),
              "%.1f".formatted(oneByOne.later().median() / of.later().median())));
    }
    return new Table(
        List.of(
            "writes at once",
            "first batch ms",
            "later batch ms",
            "first, times faster",
            "later, times faster"),
        rows);
  }

  private static Measured run(ExecutionEnvironment.Host host, LambdaPackage bounded)
      throws IOException, InterruptedException {
    List<Long> firsts = new ArrayList<>();
    List<Long> laters = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (var environment = new ExecutionEnvironment(bounded, bounded.memory(), host)) {
        firsts.add(environment.invoke());
        for (int i = 0; i < LATER_BATCHES; i++) {
          laters.add(environment.invoke());
        }
      }
    }
    return new Measured(Spread.of(firsts), Spread.of(laters));
  }
}
