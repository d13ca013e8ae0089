package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A package contains classes and their resources, and nothing of the machine that built it. */
class PackagesIT {

  private static final Path HOME = Path.of(System.getProperty("home"));

  private static final Pattern KEY =
      Pattern.compile(
          "\\b(AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\\b"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\r\\n]+[A-Za-z0-9+/]");

  /** Variables of the machine that by their name are nobody else's business. */
  private static final Pattern SECRET_VARIABLE =
      Pattern.compile("(?i).*(secret|token|password|passwd|credential|api_?key).*");

  /** What is shorter may stand anywhere by chance, such as a region. */
  private static final int SHORTEST_SECRET = 16;

  /** What a native library is called, in a package or in a jar of it. */
  private static final Pattern NATIVE =
      Pattern.compile("(?i).*(\\.(so|dylib|jnilib|dll|exe|a|o)(\\.[0-9.]+)?|META-INF/native/.*)");

  /** How the files of Linux, of macOS (for one processor) and of Windows begin. */
  private static final List<String> EXECUTABLES =
      List.of("\u007fELF", "\u00cf\u00fa\u00ed\u00fe", "MZ");

  static List<Path> packages() throws IOException {
    try (Stream<Path> modules = Files.list(HOME.resolve("functions"))) {
      return modules
          .map(module -> module.resolve("target/function"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageHoldsOnlyClassesAndLibraries(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> SamPackage.name(directory, file)))
          .isNotEmpty()
          .allMatch(name -> name.matches("(rediscover/.*\\.class|lib/[^/]+\\.jar|META-INF/.*)"));
    }
  }

  /** So either of the template's architectures runs it. */
  @ParameterizedTest
  @MethodSource("packages")
  void aPackageHoldsNothingNative(Path directory) throws IOException {
    contents(directory)
        .forEach(
            (file, bytes) -> {
              assertThat(file).doesNotMatch(NATIVE);
              assertThat(EXECUTABLES).as(file).noneMatch(bytes::startsWith);
            });
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageHoldsNoKeyAndNothingOfTheMachineThatBuiltIt(Path directory) throws IOException {
    List<String> secrets =
        System.getenv().entrySet().stream()
            .filter(variable -> SECRET_VARIABLE.matcher(variable.getKey()).matches())
            .map(Map.Entry::getValue)
            .filter(value -> value.length() >= SHORTEST_SECRET)
            .toList();

    contents(directory)
        .forEach(
            (file, text) -> {
              assertThat(holdsAKey(text)).as(file).isFalse();
              assertThat(secrets.stream().noneMatch(text::contains)).as(file).isTrue();
              assertThat(text.contains(HOME.toString())).as(file).isFalse();
            });
  }

  /** Most texts hold not even the beginning of one, which is found faster than a pattern. */
  private static boolean holdsAKey(String text) {
    return Stream.of("AKIA", "ASIA", "-----BEGIN").anyMatch(text::contains)
        && KEY.matcher(text).find();
  }

  /** Every file and every entry of a jar, by its name. */
  private static Map<String, String> contents(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(directory)) {
      files = tree.filter(Files::isRegularFile).toList();
    }
    Map<String, String> contents = new TreeMap<>();
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      contents.put(file.toString(), new String(bytes, ISO_8859_1));
      if (file.toString().endsWith(".jar")) {
        var jar = new ZipInputStream(new ByteArrayInputStream(bytes));
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
          contents.put(file + "!" + entry.getName(), new String(jar.readAllBytes(), ISO_8859_1));
        }
      }
    }
    return contents;
  }
}
