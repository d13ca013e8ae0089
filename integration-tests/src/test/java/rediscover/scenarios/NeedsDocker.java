package rediscover.scenarios;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Tests that are skipped where there is no Docker, and say so. In CI, that is with the environment
 * variable {@code CI} set, they are not skipped: they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        return ConditionEvaluationResult.enabled("Docker is here");
      }
      if (System.getenv("CI") != null) {
        throw new IllegalStateException("there is no Docker, which CI may not do without");
      }
      System.out.printf(
          "%s did not run: there is no Docker. To run it, start Docker and repeat `mvn verify`.%n",
          context.getDisplayName());
      return ConditionEvaluationResult.disabled("there is no Docker");
    }
  }
}
