package rediscover.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A way to limit a process to a share of a processor. Lambda gives a function {@code memory / 1769}
 * of one (<a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">memory
 * and CPU</a>).
 */
sealed interface Limiter permits ControlGroup, Pauses, Limiter.None {

  /** In nanoseconds: after so long a process that has used up its share goes on. */
  long PERIOD = 20_000_000;

  /** Until it is closed, the process gets no more than so many processors. */
  Limit limit(Process process, double processors) throws IOException;

  /** A limit in force. */
  interface Limit extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** The best way that this machine allows; its text says which one it is. */
  static Limiter best() {
    for (ControlGroup group : ControlGroup.ofLinux(Path.of("/sys/fs/cgroup"))) {
      if (group.isAllowed()) {
        return group;
      }
    }
    return ProcessorClock.isKnown() ? new Pauses() : new None();
  }

  /** No limit. */
  record None() implements Limiter {
    @Override
    public Limit limit(Process process, double processors) {
      return () -> {};
    }

    @Override
    public String toString() {
      return "no limit: "
          + System.getProperty("os.name")
          + " has neither cgroups nor processor clocks that another process can read,"
          + " so every figure is one with all processors";
    }
  }
}
