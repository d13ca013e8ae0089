package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits processes by Linux's control groups, version 1 or 2. It needs root or a delegated group.
 *
 * @param parent the folder in which groups are made
 */
record ControlGroup(Path parent, int version) implements Limiter {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** The groups that there may be below {@code /sys/fs/cgroup}. */
  static List<ControlGroup> ofLinux(Path root) {
    return List.of(new ControlGroup(root.resolve("cpu"), 1), new ControlGroup(root, 2));
  }

  /** Whether a group with a limit can be made here. */
  boolean isAllowed() {
    if (!Files.isWritable(parent)) {
      return false;
    }
    try {
      Files.delete(make(1));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Limit limit(ProcessHandle process, double processors) throws IOException {
    Path group = make(processors);
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
    return () -> {
      if (process.isAlive()) {
        Files.writeString(parent.resolve("cgroup.procs"), Long.toString(process.pid()));
      }
      Files.delete(group);
    };
  }

  private Path make(double processors) throws IOException {
    long period = PERIOD / 1_000;
    long quota = Math.round(period * processors);
    Path group =
        parent.resolve(
            "bench-%d-%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet()));
    Files.createDirectory(group);
    try {
      if (version == 1) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(period));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        Files.writeString(group.resolve("cpu.max"), quota + " " + period);
      }
    } catch (IOException e) {
      Files.delete(group);
      throw e;
    }
    return group;
  }

  @Override
  public String toString() {
    return "cgroup v" + version;
  }
}
