package rediscover.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where processes listen, by Linux's own tables. Other systems have none that Java can read. */
final class ListeningPorts {

  /** In /proc/net/tcp. */
  private static final String LISTENING = "0A";

  /** As /proc/net/tcp and tcp6 write 127.0.0.1, alone and mapped into IPv6, and ::1. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

  private ListeningPorts() {}

  /**
   * The ports on which anything of these processes listens.
   *
   * @throws AssertionError if one of them can be reached from another machine
   */
  static Set<Integer> of(List<ProcessHandle> processes) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (ProcessHandle process : processes) {
      sockets.addAll(sockets(process));
    }
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns[3].equals(LISTENING) && sockets.contains("socket:[" + columns[9] + "]")) {
          String[] address = columns[1].split(":");
          if (!LOOPBACK.contains(address[0])) {
            throw new AssertionError("not on loopback: " + line);
          }
          ports.add(Integer.parseInt(address[1], 16));
        }
      }
    }
    return ports;
  }

  private static List<String> sockets(ProcessHandle process) throws IOException {
    Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (Stream<Path> files = Files.list(open)) {
      return files.map(ListeningPorts::target).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
