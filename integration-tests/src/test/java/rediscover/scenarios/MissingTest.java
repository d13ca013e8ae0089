package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

class MissingTest {

  @Test
  void whatIsHereRunsEverywhere() {
    assertThat(check(new Missing(List.of(), false), true).isDisabled()).isFalse();
    assertThat(check(new Missing(List.of(), true), true).isDisabled()).isFalse();
  }

  @Test
  void whatIsMissingIsSkippedButNotInCi() {
    assertThat(check(new Missing(List.of("browser"), false), false).isDisabled()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> check(new Missing(List.of("browser"), true), false))
        .withMessage("there is no Docker; CI needs it, unless -Dtests.without names it");
  }

  /** Windows has a Docker that runs no Linux. */
  @Test
  void whatAMachineDoesWithoutIsSkippedEvenIfItIsThere() {
    assertThat(check(new Missing(List.of("Docker"), true), true).getReason())
        .contains("-Dtests.without names Docker");
  }

  private static ConditionEvaluationResult check(Missing missing, boolean isHere) {
    return missing.check(context(), "Docker", () -> isHere, "start Docker");
  }

  private static ExtensionContext context() {
    return (ExtensionContext)
        Proxy.newProxyInstance(
            MissingTest.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) -> "a test");
  }
}
