package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.Settings;
import rediscover.local.TestStack;
import rediscover.local.application.FunctionSpec;

/** AWS's own runtime, with a package in a folder that has a blank in its name. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LambdaRuntimeTest {

  private static final String CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient";

  @TempDir private Path temporary;

  private TestStack stack;
  private LambdaRuntime runtime;

  @BeforeEach
  void read() throws IOException {
    stack = TestStack.read(Files.createDirectory(temporary.resolve("a folder")));
    Path home = Path.of("..").toRealPath();
    runtime =
        new LambdaRuntime(
            Settings.classPath(home, "runtime"),
            TestStack.REGION,
            FakeRuntimes.ENDPOINT,
            (function, process) -> {});
  }

  @Test
  void itRunsTheHandlerThatIsInThePackage() throws Exception {
    try (ExecutionEnvironment environment =
        start("public String handle(String s) { return s.toUpperCase(); }")) {
      assertThat(answer(environment, "\"likes\"")).isEqualTo("\"LIKES\"");
      assertThat(environment.invoke("id", "null".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failure -> assertThat(failure.payload()).asString().contains("NullPointerException"));
      assertThat(answer(environment, "\"more\"")).isEqualTo("\"MORE\"");
    }
  }

  /** On Linux the native part would do as well, and nobody would see that it is there. */
  @Test
  void itHasNoNativePart() throws Exception {
    try (ExecutionEnvironment environment =
        start(
            """
            public String handle(String name) throws Exception {
              return Class.forName(name, false, ClassLoader.getSystemClassLoader())
                  .getProtectionDomain().getCodeSource().getLocation().getPath();
            }
            """)) {
      assertThat(answer(environment, "\"" + CLIENT + "\""))
          .endsWith("/local/runtime/target/classes/\"");
    }
  }

  @Test
  void itEndsWhenItsApiIsGone() throws Exception {
    FunctionSpec function = function("public String handle(String s) { return s; }");
    Process process;
    try (var api = new RuntimeApi(line -> {})) {
      process = runtime.start(function, api.address());
      var invocation =
          new RuntimeApi.Invocation(
              "id",
              function.arn(),
              Duration.ofSeconds(20),
              "null".getBytes(StandardCharsets.UTF_8),
              new CompletableFuture<>());
      assertThat(api.offer(invocation, Duration.ofSeconds(40))).isTrue();
      invocation.outcome().get(40, TimeUnit.SECONDS);
    }

    process.getInputStream().readAllBytes(); // Or else it may wait until somebody reads.
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
  }

  private static String answer(ExecutionEnvironment environment, String event) throws Exception {
    return switch (environment.invoke("id", event.getBytes(StandardCharsets.UTF_8))) {
      case Outcome.Answered(byte[] payload) -> new String(payload, StandardCharsets.UTF_8);
      case Outcome.Failed(byte[] payload) ->
          throw new AssertionError(new String(payload, StandardCharsets.UTF_8));
    };
  }

  private ExecutionEnvironment start(String method) throws IOException {
    var log =
        new FunctionLog(stack.access(), TestStack.REGION, TestStack.ACCOUNT, (who, line) -> {});
    return new ExecutionEnvironment(function(method), 0, runtime, log);
  }

  /** A function whose handler is in a package without a name, as no class of the build is. */
  private FunctionSpec function(String method) throws IOException {
    var function =
        FakeRuntimes.with(
            stack.function("TopicWriterFunction"), "Handler::handle", Duration.ofSeconds(40));
    Path source = temporary.resolve("Handler.java");
    Files.writeString(source, "public class Handler {" + method + "}");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", function.code().directory().toString(), source.toString());
    assertThat(status).isZero();
    return function;
  }
}
