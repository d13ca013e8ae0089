package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedSecretsTest {

  private final PlantedSecrets secrets = new PlantedSecrets();

  @Test
  void eachPartOfXsCredentialsIsASecret() {
    for (String part : secrets.xCredentials().split(",")) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> secrets.requireNoneIn("an answer", "{\"detail\":\"" + part + "\"}"))
          .withMessageMatching("\\[X's (consumer|access) .*] in an answer");
    }
  }

  @Test
  void theMessageDoesNotHoldTheSecret() {
    String secret = secrets.plant("a key");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> secrets.requireNoneIn("a log", secret))
        .withMessage("[a key] in a log");
  }

  @Test
  void whatIsNoSecretMayBeAnywhere() {
    assertThatCode(() -> secrets.requireNoneIn("a log", "4 comma-separated values are expected"))
        .doesNotThrowAnyException();
  }

  @Test
  void aSecretIsFoundWhereverItIsInAFile(@TempDir Path folder) throws Exception {
    String secret = secrets.plant("a key");
    Path file = Files.createDirectories(folder.resolve("sub")).resolve("run.log");
    for (int before : new int[] {0, 1_000, (1 << 20) - 5, 3_000_000}) {
      Files.writeString(file, "x".repeat(before) + secret + "x".repeat(9));

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> secrets.requireNoneIn(folder))
          .withMessage("[a key] in " + file);
    }
  }

  @Test
  void whatAnybodyMightSayByChanceIsNoSecret() {
    assertThatIllegalArgumentException().isThrownBy(() -> secrets.add("a password", "developer"));
  }
}
