package rediscover.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees for whom the embedded run does not start. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainTest {

  @TempDir private Path home;

  private Process process;

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void withoutATemplateItSaysWhereItLooked() throws Exception {
    String beginning = "Rediscover cannot start: there is no template.yaml in ";

    String said = startInVain();

    assertThat(said).startsWith(beginning).endsWith("\n");
    // Windows and macOS have several names for the folder of temporary files.
    assertThat(Path.of(said.substring(beginning.length()).strip()).toRealPath())
        .isEqualTo(home.toRealPath());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"Linux, \"\n\"", "Mac OS X, \"\n\"", "Windows 11, \"\r\n\""})
  void noSystemIsRefusedAndEachHasItsLineEnds(String system, String lineEnd) throws Exception {
    assertThat(startInVain("-Dos.name=" + system, "-Dline.separator=" + lineEnd))
        .startsWith("Rediscover cannot start: there is no template.yaml in ")
        .endsWith("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "http"})
  void whatIsNoPortIsNamed(String port) throws Exception {
    template("Resources: {}");

    assertThat(startInVain("-Dlocal.port=" + port))
        .isEqualTo("Rediscover cannot start: local.port=" + port + " is no port\n");
  }

  @Test
  void aNumberOfAccountsThatCannotBeIsNamed() throws Exception {
    template("Resources: {}");

    assertThat(startInVain("-Dlocal.accounts=3"))
        .isEqualTo("Rediscover cannot start: local.accounts=3 is neither 1 nor 2\n");
  }

  @Test
  void aKeyThatIsNeitherOnNorOffIsNamed() throws Exception {
    template("Resources: {}");

    assertThat(startInVain("-Dlocal.key=0123"))
        .isEqualTo("Rediscover cannot start: local.key=0123 is neither on nor off\n");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    template("Resources: {}");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(startInVain("-Dlocal.port=" + taken.getLocalPort()))
          .endsWith(" choose another one with -Dlocal.port=\n")
          // Each system has its own words for the reason.
          .containsPattern(
              "Rediscover cannot start: port "
                  + taken.getLocalPort()
                  + " cannot be taken: Address already in use[^;]*; choose");
    }
  }

  @Test
  void aSecondRunOnTheSameDataNamesTheFirstAndTouchesNothingOfIt() throws Exception {
    template("Resources: {}");
    Path data = Files.createDirectory(home.resolve("data"));
    Path outputs = Files.createFile(data.resolve("outputs.properties"));
    try (DataFolder first = DataFolder.take(data)) {
      assertThat(startInVain("-Dlocal.port=0", "-Dlocal.data=data"))
          .endsWith(
              "Rediscover cannot start: "
                  + data.toRealPath()
                  + " is in use by a run that is starting;"
                  + " stop that one, or take another folder with -Dlocal.data=\n");

      first.say(URI.create("http://127.0.0.1:4321"));

      assertThat(startInVain("-Dlocal.port=0", "-Dlocal.data=data"))
          .contains("data is in use by the run at http://127.0.0.1:4321;");
      try (Stream<Path> files = Files.list(data)) {
        assertThat(files).containsExactlyInAnyOrder(outputs, data.resolve("run.lock"));
      }
    }
    assertThat(startInVain("-Dlocal.port=0", "-Dlocal.data=data")).doesNotContain("in use");
  }

  @Test
  void aTemplateThatCannotBePlayedIsNamedAndNothingGoesOnRunning() throws Exception {
    template(
        """
        Parameters:
          XApiUrl: {Type: String, Default: ''}
          SiteOrigin: {Type: String, Default: ''}
        Resources:
          Stream: {Type: AWS::Kinesis::Stream}
        """);

    assertThat(startInVain("-Dlocal.port=0"))
        .contains("Rediscover cannot start: ", "Stream", "AWS::Kinesis::Stream")
        .doesNotContain("\tat ");
  }

  @Test
  void whateverElseGoesWrongEndsTheProcess() throws Exception {
    Files.createDirectory(home.resolve("template.yaml"));

    assertThat(startInVain("-Dlocal.port=0")).contains("template.yaml");
  }

  private void template(String text) throws IOException {
    Files.writeString(home.resolve("template.yaml"), text);
  }

  /** Starts, waits for the end and returns what was said. */
  private String startInVain(String... properties) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(properties));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    // With them, Java begins with a line of its own.
    builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replace("\r\n", "\n");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    return output;
  }
}
