package rediscover.scenarios;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.testcontainers.DockerClientFactory;

/** Skips tests where what they need is not installed. In CI they fail: see {@link Missing}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(Needs.Condition.class)
@interface Needs {

  Tool value();

  /** What a test can need. */
  enum Tool {
    DOCKER("Docker", () -> DockerClientFactory.instance().isDockerAvailable(), "start Docker"),

    BROWSER(
        "browser",
        () -> Chromium.installed().isPresent(),
        "install Chromium or Chrome, or set CHROME_PATH,"),

    AWS_COMMAND(
        "aws command",
        () ->
            Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws"))),
        "install it");

    private final String name;
    private final BooleanSupplier isHere;
    private final String remedy;

    Tool(String name, BooleanSupplier isHere, String remedy) {
      this.name = name;
      this.isHere = isHere;
      this.remedy = remedy;
    }
  }

  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
          .map(Needs::value)
          .map(tool -> Missing.here().check(context, tool.name, tool.isHere, tool.remedy))
          .orElse(ConditionEvaluationResult.enabled("needs nothing more"));
    }
  }
}
