package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Describes the machine of a measurement. */
final class Machine {
  private static final Path PROC = Path.of("/proc");

  private Machine() {}

  static String describe(Limiter limiter) throws IOException {
    return "Measured on %s: %d processors (%s), %s %s, JDK %s of %s. Share of a processor by %s."
        .formatted(
            LocalDate.now(),
            Runtime.getRuntime().availableProcessors(),
            find(PROC.resolve("cpuinfo"), "model name"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            System.getProperty("java.vendor"),
            limiter);
  }

  /** A process's peak memory so far, in MiB. */
  static long peakMemory(long pid) throws IOException {
    String text = find(PROC.resolve(pid + "/status"), "VmHWM");
    return Long.parseLong(text.replace(" kB", "")) / 1024;
  }

  private static String find(Path file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
