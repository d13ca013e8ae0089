package rediscover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The share of a processor that a process gets; no bound here needs a machine that is quiet. */
@EnabledOnOs(OS.LINUX)
class LimiterTest {
  private static final double SHARE = 0.1;
  private static final Duration WATCHED = Duration.ofSeconds(2);

  /** What the system counts in, twice, and what two threads may use until they are seen. */
  private static final Duration SLACK = Duration.ofMillis(60);

  private Process process;

  /** The one that this machine allows, and the one that every Linux does. */
  static List<Limiter> ways() {
    return List.of(Limiter.best(), new Pauses());
  }

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aProcessThatSpinsGetsNoMoreThanItsShareAndGoesOn(Limiter way) throws Exception {
    process = spinning();
    awaitMore(cpu(), Duration.ofMillis(50));

    try (var _ = way.limit(process.toHandle(), SHARE)) {
      long since = System.nanoTime();
      Duration before = cpu();
      process.waitFor(WATCHED.toMillis(), TimeUnit.MILLISECONDS);
      Duration used = cpu().minus(before);
      double watched = System.nanoTime() - since;

      assertThat(used.minus(SLACK).toNanos() / watched).isLessThan(SHARE * 1.1);
      awaitMore(cpu(), Duration.ofMillis(50));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aProcessIsFreeAgainAfterTheLimit(Limiter way) throws Exception {
    process = spinning();

    way.limit(process.toHandle(), 0.05).close();

    // At the share that it had, this would take a minute.
    awaitMore(cpu(), Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theLimitOfAProcessThatHasEndedIsLifted(Limiter way) throws Exception {
    process = spinning();

    try (var _ = way.limit(process.toHandle(), SHARE)) {
      process.destroyForcibly().waitFor();
    }

    assertThat(way.toString()).isNotEmpty();
  }

  @Test
  void theClockOfAnotherProcessSaysWhatTheSystemSays() throws Exception {
    process = spinning();
    awaitMore(Duration.ZERO, Duration.ofMillis(200));

    Duration before = cpu();
    long between = new ProcessorClock(Math.toIntExact(process.pid())).nanos();
    Duration after = cpu();

    assertThat(Duration.ofNanos(between)).isBetween(before.minus(SLACK), after.plus(SLACK));
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private void awaitMore(Duration before, Duration more) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (cpu().minus(before).compareTo(more) < 0) {
      assertThat(System.nanoTime()).as("the process makes no progress").isLessThan(deadline);
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
  }

  private static Process spinning() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Spinning.class.getName())
        .inheritIO()
        .start();
  }

  /** Two threads, because a share is the process's and not each thread's. */
  static final class Spinning {
    private Spinning() {}

    /** Until it is killed. */
    public static void main(String[] arguments) {
      Thread.ofPlatform().start(Spinning::spin);
      spin();
    }

    private static void spin() {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }
}
