package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every template of the repository. */
class TemplatesTest {

  static List<Path> templates() throws IOException {
    try (Stream<Path> companions = Files.list(Stacks.COMPANIONS)) {
      return Stream.concat(Stream.of(Stacks.APPLICATION), companions).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void noneBreaksAGuardRail(Path file) {
    Permissions permissions = Permissions.of(Stacks.read(file, "123456789012", Map.of()));
    assertThat(GuardRailsTest.findings(permissions)).isEmpty();
  }
}
