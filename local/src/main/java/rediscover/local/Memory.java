package rediscover.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of the machine's memory the run's processes hold now: their resident sets, as Linux
 * tells them. Other systems have no such files, and nothing is said there.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">VmRSS</a>
 */
final class Memory {

  private final Path processes;
  private final Map<String, Supplier<List<Long>>> pids = new LinkedHashMap<>();

  Memory() {
    this(Path.of("/proc")); // Linux's.
  }

  /**
   * @param processes the folder that has a folder for each process
   */
  Memory(Path processes) {
    this.processes = processes;
  }

  /** Adds processes under one name; there may be none at times. */
  Memory of(String name, Supplier<List<Long>> processIds) {
    pids.put(name, processIds);
    return this;
  }

  /** The sum, and whose it is: {@code 450 MB: the run 270, DynamoDB Local 180}. */
  Optional<String> describe() throws IOException {
    if (!Files.isDirectory(processes)) {
      return Optional.empty();
    }
    Map<String, Long> megabytes = new LinkedHashMap<>();
    for (var named : pids.entrySet()) {
      long kilobytes = 0;
      for (long pid : named.getValue().get()) {
        kilobytes += residentKilobytes(pid);
      }
      if (kilobytes > 0) {
        megabytes.put(named.getKey(), kilobytes / 1024);
      }
    }
    long sum = megabytes.values().stream().mapToLong(Long::longValue).sum();
    return Optional.of(
        megabytes.entrySet().stream()
            .map(process -> process.getKey() + " " + process.getValue())
            .collect(Collectors.joining(", ", sum + " MB: ", "")));
  }

  /** Nothing for a process that has just ended. */
  private long residentKilobytes(long pid) throws IOException {
    try (Stream<String> status = Files.lines(processes.resolve(pid + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .sum();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
