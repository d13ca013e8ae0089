package rediscover.bench;

import static rediscover.bench.Statistics.median;
import static rediscover.bench.Statistics.millis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rediscover.likes.aws.BoundedClients;
import rediscover.queuewriter.BatchWriter;

/**
 * How long the queue-writer takes for a batch when so many writes may be under way at once. Each
 * bound has a process of its own, because its connections outlive a batch.
 */
final class Batches {
  private static final List<Integer> BOUNDS = List.of(1, 2, 4, 8, 16, 32, 64, 100);
  private static final int BATCHES = 6;

  private Batches() {}

  /**
   * @param scratch a folder for logs
   */
  static Table measure(FakeWorld world, Path scratch) throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    double oneByOne = 0;
    double firstOneByOne = 0;
    for (int bound : BOUNDS) {
      List<Long> times = run(world, scratch, bound);
      double first = times.getFirst();
      double later = median(times.subList(1, times.size()));
      if (bound == 1) {
        oneByOne = later;
        firstOneByOne = first;
      }
      rows.add(
          List.of(
              bound == BoundedClients.CHOSEN ? "**" + bound + "**" : Integer.toString(bound),
              millis(first),
              millis(later),
              "%.1f".formatted(firstOneByOne / first),
              "%.1f".formatted(oneByOne / later)));
    }
    return new Table(
        "batches",
        List.of(
            "writes at once",
            "first batch ms",
            "later batch ms",
            "first, times faster",
            "later, times faster"),
        rows,
        "200 writes a batch, each of %d ms; later is the median of %d. Bold is the bound that the application has."
            .formatted(FakeWorld.SLOW_MILLIS, BATCHES - 1));
  }

  private static List<Long> run(FakeWorld world, Path scratch, int bound)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx435m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(world.jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BatchWriter.class.getName());
    command.addAll(List.of(Integer.toString(bound), FakeWorld.SLOW, Integer.toString(BATCHES)));
    Path errors = scratch.resolve("batches.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "secret"));
    Process process = builder.start();
    List<String> lines = process.inputReader().readAllLines();
    if (process.waitFor() != 0) {
      throw new IOException("batches of bound " + bound + ": " + Files.readString(errors));
    }
    return lines.stream().map(Long::valueOf).toList();
  }
}
