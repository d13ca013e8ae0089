package rediscover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        ":, /m2/one.jar, /m2/a folder/two.jar",
        "\";\", C:\\m2\\one.jar, C:\\m2\\a folder\\two.jar"
      })
  void ourOwnClassesComeBeforeTheLibrariesOnEverySystem(String separator, String one, String two) {
    Path classes = home.resolve("classes");

    assertThat(Settings.classPath(classes, one + separator + two, separator))
        .containsExactly(classes.toString(), one, two);
  }

  @Test
  void aModuleThatIsNotBuiltIsNamed() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> Settings.classPath(home, "runtime"))
        .withMessage("local/runtime is not built; `mvn -Plocal` builds it");
  }
}
