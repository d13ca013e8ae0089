package rediscover.bench;

import static rediscover.bench.Statistics.median;
import static rediscover.bench.Statistics.millis;
import static rediscover.bench.Statistics.seconds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cold and warm times of packages under AWS's runtime interface client, with the options that
 * Lambda's bootstrap gives the JVM. Each round starts every package afresh, in turn, so that what
 * else the machine does meets all of them.
 */
final class Starts {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WARM = 100;

  /** An HTTP status that is no success, or a message that goes back to the queue. */
  private static final Pattern FAILURE =
      Pattern.compile("\"statusCode\": ?(?!200)|\"itemIdentifier\"");

  private static final String CRAC = "com.amazonaws.services.lambda.crac";
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final FakeWorld world;
  private final String runtimeClassPath;
  private final Path scratch;
  private final int rounds;

  /**
   * @param runtimeClassPath the runtime interface client
   * @param scratch a folder for logs
   */
  Starts(FakeWorld world, String runtimeClassPath, Path scratch, int rounds) {
    this.world = world;
    this.runtimeClassPath = runtimeClassPath;
    this.scratch = scratch;
    this.rounds = rounds;
  }

  /**
   * One start.
   *
   * @param cold from the process's start, or from its restore, to the first answer, in ns
   * @param cpu of the process until then, in ns
   * @param warm the median of the answers after it, in ns
   * @param memory the most that the process had in memory, in KiB
   */
  private record Start(long cold, long cpu, double warm, long memory) {}

  /** Cold starts, also as a part of those of what they are compared with. */
  Table cold(List<LambdaPackage> packages) throws IOException, InterruptedException {
    Map<LambdaPackage, List<Start>> starts = measure(packages);
    List<List<String>> rows = new ArrayList<>();
    for (LambdaPackage one : packages) {
      List<Start> of = starts.get(one);
      List<String> row =
          new ArrayList<>(
              List.of(
                  one.name(),
                  seconds(medianOf(of, Start::cold)),
                  seconds(medianOf(of, Start::cpu)),
                  millis(medianOf(of, start -> (long) start.warm())),
                  "%.0f".formatted(medianOf(of, Start::memory) / 1024),
                  "%.1f".formatted(one.bytes() / 1048576.0)));
      for (LambdaPackage base : bases(packages)) {
        row.add(
            "%.2f".formatted(medianOf(of, Start::cold) / medianOf(starts.get(base), Start::cold)));
      }
      rows.add(row);
    }
    List<String> columns =
        new ArrayList<>(
            List.of("package", "cold s", "CPU s", "warm ms", "memory MiB", "unpacked MiB"));
    bases(packages).forEach(base -> columns.add("cold / " + base.name()));
    return new Table(
        "starts",
        columns,
        rows,
        "Medians of %d starts each, in turn; warm is the median of %d further invocations."
            .formatted(rounds, WARM));
  }

  /** The first answer after a restore. */
  Table restored(List<LambdaPackage> packages) throws IOException, InterruptedException {
    Map<LambdaPackage, List<Start>> starts = measure(packages);
    return new Table(
        "restored",
        List.of("random-like, stored", "first answer after the restore ms"),
        packages.stream()
            .map(one -> List.of(one.name(), millis(medianOf(starts.get(one), Start::cold))))
            .toList(),
        "Medians of %d. The same process before and after: no snapshot was taken, and Lambda's own time to restore one comes to it."
            .formatted(rounds));
  }

  private static List<LambdaPackage> bases(List<LambdaPackage> packages) {
    return packages.stream()
        .filter(one -> one.name().startsWith("plain") || one.name().startsWith("original"))
        .toList();
  }

  private static double medianOf(List<Start> starts, ToLongFunction<Start> figure) {
    return median(starts.stream().map(figure::applyAsLong).toList());
  }

  private Map<LambdaPackage, List<Start>> measure(List<LambdaPackage> packages)
      throws IOException, InterruptedException {
    Map<LambdaPackage, List<Start>> starts = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (LambdaPackage one : packages) {
        starts.computeIfAbsent(one, key -> new ArrayList<>()).add(start(one));
      }
    }
    return starts;
  }

  private Start start(LambdaPackage one) throws IOException, InterruptedException {
    Path log = scratch.resolve("function.log");
    try (RuntimeApi api = new RuntimeApi(Files.readAllBytes(one.event()), WARM + 1)) {
      ProcessBuilder builder =
          new ProcessBuilder(command(one))
              .directory(one.task().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(one, api.address()));
      long since = System.nanoTime();
      Process process = builder.start();
      try {
        long first = api.awaitFirst(LIMIT);
        long cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
        List<Long> warm = api.rest(LIMIT);
        if (FAILURE.matcher(api.lastAnswer()).find()) {
          throw new IOException("answered " + api.lastAnswer());
        }
        long begin = one.start() == LambdaPackage.Start.ON_DEMAND ? since : api.restored();
        return new Start(first - begin, cpu, median(warm), memory(process.pid()));
      } catch (IOException e) {
        List<String> lines = Files.readAllLines(log);
        String last =
            String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        throw new IOException("%s: %s%n%s".formatted(one.name(), e.getMessage(), last), e);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private List<String> command(LambdaPackage one) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx445644k", "-XX:+UseSerialGC", "-Xshare:auto"));
    switch (one.start()) {
      case ON_DEMAND -> command.add("-XX:TieredStopAtLevel=1");
      // With SnapStart Lambda leaves the compiler as it is.
      case SNAP_START -> command.add("-Dorg.crac.Core.Compat=" + CRAC);
      case SNAP_START_WITHOUT_HOOKS -> {}
    }
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(world.jvmOptions());
    command.addAll(List.of("-cp", runtimeClassPath, MAIN, one.handler()));
    return command;
  }

  private static Map<String, String> environment(LambdaPackage one, String api) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("LANG", "en_US.UTF-8");
    environment.put("_HANDLER", one.handler());
    environment.put("LAMBDA_TASK_ROOT", one.task().toAbsolutePath().toString());
    environment.put("AWS_LAMBDA_RUNTIME_API", api);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "measured");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "group");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("AWS_REGION", "us-east-1");
    if (one.start() == LambdaPackage.Start.ON_DEMAND) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
      environment.put("AWS_ACCESS_KEY_ID", "key");
      environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    } else {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + api + "/credentials");
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token");
    }
    environment.putAll(one.environment());
    return environment;
  }

  private static long memory(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
