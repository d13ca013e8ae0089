package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets of a stage: those that are given to the application, and those that it is run with.
 * None may come out of it again, whatever a scenario does: in no answer, no log, and no file.
 */
final class PlantedSecrets {

  /** What is shorter may stand anywhere by chance. */
  private static final int SHORTEST = 16;

  private static final int WINDOW = 1 << 20;

  /** What each secret is, by its value. */
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  private final String xCredentials =
      Stream.of("consumer key", "consumer secret", "access token", "access token secret")
          .map(what -> plant("X's " + what))
          .collect(Collectors.joining(","));

  /** The four values that go into the SSM parameter. Nobody else has the same. */
  String xCredentials() {
    return xCredentials;
  }

  /** Makes a secret. */
  String plant(String what) {
    String value = UUID.randomUUID().toString().replace("-", "");
    add(what, value);
    return value;
  }

  /** Takes a secret that somebody else has made. */
  void add(String what, String value) {
    if (value.length() < SHORTEST) {
      throw new IllegalArgumentException(what + " is too short to be looked for");
    }
    secrets.put(value, what);
  }

  /**
   * Takes the keys of a function's session.
   *
   * @param environment of the function, as {@code NAME=value}
   */
  void addKeys(Stream<String> environment) {
    environment
        .filter(variable -> variable.matches("AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN)=.*"))
        .map(variable -> variable.split("=", 2))
        .forEach(variable -> add("a function's " + variable[0], variable[1]));
  }

  /**
   * @param where what is searched, for the message
   * @throws AssertionError if one of the secrets is there; says which
   */
  void requireNoneIn(String where, String text) {
    List<String> found =
        secrets.entrySet().stream()
            .filter(secret -> text.contains(secret.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    if (!found.isEmpty()) {
      throw new AssertionError("%s in %s".formatted(found, where));
    }
  }

  /** The same for everything in a folder. */
  void requireNoneIn(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      search(file);
    }
  }

  /** In pieces, since a table may be large; each begins with the end of the one before. */
  private void search(Path file) throws IOException {
    int longest = secrets.keySet().stream().mapToInt(String::length).max().orElse(0);
    String before = "";
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] next = in.readNBytes(WINDOW); next.length > 0; next = in.readNBytes(WINDOW)) {
        String text = before + new String(next, ISO_8859_1);
        requireNoneIn(file.toString(), text);
        before = text.substring(Math.max(0, text.length() - longest));
      }
    }
  }
}
