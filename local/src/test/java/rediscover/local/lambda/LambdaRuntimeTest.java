package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.TestStack;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LambdaRuntimeTest {

  @TempDir private Path home;

  @Test
  void awsOwnRuntimeRunsTheHandlerThatIsInThePackage() throws Exception {
    TestStack stack = TestStack.read(home);
    var function =
        FakeRuntimes.with(
            stack.function("TopicWriterFunction"), "Upper::handle", Duration.ofSeconds(20));
    Files.write(function.directory().resolve("Upper.class"), compiled());
    var runtime =
        new LambdaRuntime(
            Files.readString(Path.of("runtime/target/class-path")).strip(),
            home.resolve("scratch"),
            TestStack.REGION,
            FakeRuntimes.ENDPOINT);
    var log =
        new FunctionLog(stack.access(), TestStack.REGION, TestStack.ACCOUNT, (who, line) -> {});

    try (var environment = new ExecutionEnvironment(function, 0, runtime, log)) {
      assertThat(environment.invoke("id", "\"likes\"".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              Outcome.Answered.class,
              answer -> assertThat(answer.payload()).asString().isEqualTo("\"LIKES\""));
      assertThat(environment.invoke("id", "null".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failure -> assertThat(failure.payload()).asString().contains("NullPointerException"));
      assertThat(environment.usable()).isTrue();
    }
  }

  @Test
  void aClassPathWithoutTheRuntimeIsNamed() {
    assertThatIOException()
        .isThrownBy(
            () -> new LambdaRuntime("other.jar", home, TestStack.REGION, FakeRuntimes.ENDPOINT))
        .withMessageContaining("no runtime interface client on the class path other.jar");
  }

  /** A handler in the package without a name, as no class of the build is. */
  private byte[] compiled() throws IOException {
    Path source =
        Files.writeString(
            home.resolve("Upper.java"),
            "public class Upper { public String handle(String s) { return s.toUpperCase(); } }");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", home.toString(), source.toString());
    assertThat(status).isZero();
    return Files.readAllBytes(home.resolve("Upper.class"));
  }
}
