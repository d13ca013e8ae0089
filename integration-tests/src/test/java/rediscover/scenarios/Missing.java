package rediscover.scenarios;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What becomes of tests for which something is not installed. */
final class Missing {

  private Missing() {}

  /**
   * Skips them, and says so. In CI, that is with the environment variable {@code CI} set, they are
   * not skipped: they fail.
   *
   * @param what is missing
   * @param remedy what somebody can do about it
   * @throws IllegalStateException in CI
   */
  static ConditionEvaluationResult skip(ExtensionContext context, String what, String remedy) {
    if (System.getenv("CI") != null) {
      throw new IllegalStateException("there is no " + what + ", which CI may not do without");
    }
    System.out.printf(
        "%s did not run: there is no %s. To run it, %s and repeat `mvn verify`.%n",
        context.getDisplayName(), what, remedy);
    return ConditionEvaluationResult.disabled("there is no " + what);
  }
}
