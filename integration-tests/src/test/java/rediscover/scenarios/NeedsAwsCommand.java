package rediscover.scenarios;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that are skipped where there is no aws command, but not in CI: see {@link Missing}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NeedsAwsCommand.Condition.class)
@interface NeedsAwsCommand {

  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Missing.here()
          .check(
              context,
              "aws command",
              () ->
                  Stream.of(System.getenv("PATH").split(File.pathSeparator))
                      .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws"))),
              "install it");
    }
  }
}
