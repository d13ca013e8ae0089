package rediscover.scenarios;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides what happens to tests that need something which may not be installed.
 *
 * @param without what this machine does without by design, by name
 * @param isCi whether everything else has to be there
 */
record Missing(List<String> without, boolean isCi) {

  /** Names what the tests do without, separated by commas: {@code -Dtests.without=Docker}. */
  private static final String WITHOUT = "tests.without";

  /** As the system property and the environment variable {@code CI} say. */
  static Missing here() {
    return new Missing(
        List.of(System.getProperty(WITHOUT, "").split(",")), System.getenv("CI") != null);
  }

  /**
   * Runs the tests if what they need is here. Otherwise skips them and says so; in CI they fail,
   * unless the machine does without it by design.
   *
   * @param what they need
   * @param isHere is not asked if the machine does without it
   * @param remedy what you can do about it
   * @throws IllegalStateException in CI
   */
  ConditionEvaluationResult check(
      ExtensionContext context, String what, BooleanSupplier isHere, String remedy) {
    if (without.contains(what)) {
      return skip(context, "-D%s names %s".formatted(WITHOUT, what));
    }
    if (isHere.getAsBoolean()) {
      return ConditionEvaluationResult.enabled(what + " is here");
    }
    if (isCi) {
      throw new IllegalStateException(
          "there is no %s; CI needs it, unless -D%s names it".formatted(what, WITHOUT));
    }
    return skip(
        context, "there is no %s. To run it, %s and repeat `mvn verify`".formatted(what, remedy));
  }

  private static ConditionEvaluationResult skip(ExtensionContext context, String reason) {
    System.out.printf("%s did not run: %s.%n", context.getDisplayName(), reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
