package rediscover.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Limits a process to a share of a processor. Lambda gives a function {@code memory / 1769} of one
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">memory and
 * CPU</a>).
 */
sealed interface Limiter permits ControlGroup, Pauses {

  /** In nanoseconds: the share of each period is new. */
  long PERIOD = 20_000_000;

  /** Limits the process to so many processors, until the limit is closed. */
  Limit limit(ProcessHandle process, double processors) throws IOException;

  /** A limit in force. */
  interface Limit extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** The best way on this machine; its text names it. */
  static Limiter best() {
    for (ControlGroup group : ControlGroup.ofLinux(Path.of("/sys/fs/cgroup"))) {
      if (group.isAllowed()) {
        return group;
      }
    }
    return new Pauses();
  }
}
