package rediscover.bench;

import java.util.Locale;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every JMH benchmark, each in a JVM of its own. */
final class Microbenchmarks {
  private static final int WARM_UPS = 3;
  private static final int MEASUREMENTS = 5;

  private static final TimeValue HALF_A_SECOND = TimeValue.milliseconds(500);

  private Microbenchmarks() {}

  static Table run() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("rediscover\\..*Benchmark\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(HALF_A_SECOND)
            .measurementIterations(MEASUREMENTS)
            .measurementTime(HALF_A_SECOND)
            .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    List<List<String>> rows = new ArrayList<>();
    for (RunResult result : results) {
      rows.add(
          List.of(
              words(result.getPrimaryResult().getLabel()),
              "%.3f".formatted(result.getPrimaryResult().getScore()),
              "± %.3f".formatted(result.getPrimaryResult().getScoreError())));
    }
    return new Table(
        "jmh",
        List.of("operation", "µs", "error"),
        rows,
        "JMH's average time of %d times half a second in one JVM, after %d to warm up; the error is that of a confidence of 99.9 %%."
            .formatted(MEASUREMENTS, WARM_UPS));
  }

  /** messageOf100Likes becomes "message of 100 likes". */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
