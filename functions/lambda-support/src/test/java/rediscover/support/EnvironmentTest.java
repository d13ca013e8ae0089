package rediscover.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private final Environment environment = new Environment(Map.of("SET", "value", "BLANK", " "));

  @Test
  void aVariableHasItsValue() {
    assertThat(environment.required("SET")).isEqualTo("value");
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> environment.required("UNSET"))
        .withMessage("The environment variable UNSET is missing");
  }

  @Test
  void aBlankVariableIsAsGoodAsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> environment.required("BLANK"))
        .withMessageContaining("BLANK");
  }
}
