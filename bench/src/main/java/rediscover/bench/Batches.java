package rediscover.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rediscover.local.lambda.LambdaRuntime;
import rediscover.queuewriter.BatchWriter;
import rediscover.support.aws.BufferedHttpClient;

/**
 * How long the queue-writer takes for a batch, by the bound of its concurrent writes. Each bound
 * has a process of its own, because connections outlive a batch. As on Lambda, the process has all
 * processors during set-up, and from the first batch on its memory's share of one.
 */
final class Batches {
  private static final List<Integer> BOUNDS = List.of(1, 4, 8, 16, 32, 64);
  private static final int BATCHES = 5;
  private static final int ROUNDS = 3;

  private Batches() {}

  /**
   * @param memory of the queue-writer, in MB
   */
  static Table measure(ExecutionEnvironment.Host host, int memory)
      throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    Spread oneByOne = null;
    Spread firstOneByOne = null;
    for (int bound : BOUNDS) {
      List<Long> firsts = new ArrayList<>();
      List<Long> laters = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        List<Long> times = run(host, memory, bound);
        firsts.add(times.getFirst());
        laters.addAll(times.subList(1, times.size()));
      }
      Spread first = Spread.of(firsts);
      Spread later = Spread.of(laters);
      if (oneByOne == null) {
        firstOneByOne = first;
        oneByOne = later;
      }
      rows.add(
          List.of(
              bound == BufferedHttpClient.CONNECTIONS
                  ? "**" + bound + "**"
                  : Integer.toString(bound),
              first.millis(),
              later.millis(),
              "%.1f".formatted(firstOneByOne.median() / first.median()),
              "%.1f".formatted(oneByOne.median() / later.median())));
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

  private static List<Long> run(ExecutionEnvironment.Host host, int memory, int bound)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(LambdaRuntime.jvm(memory));
    command.addAll(host.world().jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BatchWriter.class.getName());
    command.addAll(List.of(Integer.toString(bound), FakeWorld.SLOW, Integer.toString(BATCHES)));
    Path errors = host.scratch().resolve("batches.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_REGION",
                FakeWorld.REGION,
                "LIKES_TABLE",
                FakeWorld.SLOW,
                "AWS_ACCESS_KEY_ID",
                "key",
                "AWS_SECRET_ACCESS_KEY",
                "secret"));
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      String ready = lines.readLine();
      try (var _ = host.limit(process, memory)) {
        process.outputWriter().append("go\n").flush();
        List<Long> times = lines.readAllLines().stream().map(Long::valueOf).toList();
        if (process.waitFor() != 0 || ready == null) {
          throw new IOException("batches of bound " + bound + ": " + Files.readString(errors));
        }
        return times;
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
