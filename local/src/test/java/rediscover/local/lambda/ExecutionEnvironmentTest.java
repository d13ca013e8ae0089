package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.TestStack;
import rediscover.local.application.FunctionSpec;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutionEnvironmentTest {

  /** Those of a Windows machine, which finds a user's folder for temporary files by two of them. */
  private static final Map<String, String> MACHINE =
      Map.of("TEMP", "C:\\a folder", "TMP", "C:\\another", "Path", "C:\\Windows");

  @TempDir private Path home;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<ExecutionEnvironment> started = new ArrayList<>();
  private TestStack stack;
  private FunctionSpec function;

  @BeforeEach
  void read() {
    stack = TestStack.read(home);
    function = stack.function("TopicWriterFunction");
  }

  @AfterEach
  void stop() {
    started.forEach(ExecutionEnvironment::close);
  }

  @Test
  void anEventIsAnsweredAndTheEnvironmentTakesAnother() throws Exception {
    ExecutionEnvironment environment = start("handler", Duration.ofMinutes(1));

    assertThat(answer(environment, "one")).endsWith(" " + environment.pid() + " 1");
    assertThat(answer(environment, "two")).endsWith(" " + environment.pid() + " 2");
    assertThat(environment.usable()).isTrue();
  }

  @Test
  void theRuntimeIsToldWhomItRunsAndForHowLong() throws Exception {
    Duration timeout = Duration.ofMinutes(1);
    ExecutionEnvironment environment = start("handler", timeout);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    String[] headers = answer(environment, "headers").split(" ");

    assertThat(headers[0]).isEqualTo(function.arn());
    assertThat(Instant.ofEpochMilli(Long.parseLong(headers[1])))
        .isBetween(before.plus(timeout), Instant.now().plus(timeout));
  }

  @Test
  void anErrorOfTheHandlerFailsTheInvocationAndNotTheEnvironment() throws Exception {
    ExecutionEnvironment environment = start("handler", Duration.ofMinutes(1));

    assertThat(failure(environment, "fail")).isEqualTo("{\"errorType\":\"Oops\"}");
    assertThat(environment.usable()).isTrue();
    assertThat(answer(environment, "again")).startsWith("again");
  }

  @Test
  void aHandlerThatCannotBeConstructedFailsEveryInvocation() throws Exception {
    ExecutionEnvironment environment = start("broken", Duration.ofMinutes(1));

    assertThat(failure(environment, "event")).isEqualTo("{\"errorType\":\"Init\"}");
    assertThat(failure(environment, "event")).isEqualTo("{\"errorType\":\"Init\"}");
    assertThat(environment.usable()).isFalse();
  }

  @Test
  void aRuntimeThatEndsBeforeItsFirstEventFailsTheInvocation() throws Exception {
    ExecutionEnvironment environment = start("gone", Duration.ofMinutes(1));

    assertThat(failure(environment, "event"))
        .isEqualTo(
            "{\"errorType\":\"Runtime.ExitError\","
                + "\"errorMessage\":\"Runtime exited with status 7\"}");
    assertThat(failure(environment, "event")).contains("status 7");
    String said = "lambda: topic-writer: Runtime exited with status 7";
    assertThat(log).containsExactly(said, said);
  }

  @Test
  void aRuntimeThatEndsInTheMiddleFailsTheInvocation() throws Exception {
    ExecutionEnvironment environment = start("handler", Duration.ofMinutes(1));
    answer(environment, "first");

    assertThat(failure(environment, "exit")).contains("Runtime exited with status 3");
    assertThat(environment.usable()).isFalse();
  }

  @Test
  void aHandlerThatTakesTooLongIsKilledAndItsLinesAreKept() throws Exception {
    ExecutionEnvironment environment = start("talks first", Duration.ofSeconds(1));
    ProcessHandle process = ProcessHandle.of(environment.pid()).orElseThrow();

    assertThat(failure(environment, "hang"))
        .isEqualTo(
            "{\"errorType\":\"Sandbox.Timedout\","
                + "\"errorMessage\":\"Task timed out after 1.00 seconds\"}");

    await().until(() -> !process.isAlive() && !environment.usable());
    await()
        .untilAsserted(
            () ->
                assertThat(log)
                    .contains(
                        "topic-writer: first",
                        "lambda: topic-writer: Task timed out after 1.00 seconds"));
  }

  @Test
  void anAnswerToAnotherInvocationIsRefused() throws Exception {
    assertThat(answer(start("handler", Duration.ofMinutes(1)), "wrong id")).isEqualTo("400");
  }

  @Test
  void whatTheFunctionWritesIsForwardedLineByLine() throws Exception {
    answer(start("handler", Duration.ofMinutes(1)), "log");

    await()
        .untilAsserted(
            () -> assertThat(log).containsExactly("topic-writer: one é", "topic-writer: two"));
  }

  @Test
  void theFunctionSeesItsPackageAndTheEnvironmentThatLambdaGivesAndNothingElse() throws Exception {
    String seen = answer(start("handler", Duration.ofMinutes(1)), "environment");

    String table = stack.application().tables().getFirst().name();
    assertThat(seen)
        .contains(
            "TEMP=C:\\a folder",
            "TMP=C:\\another",
            "_HANDLER=handler",
            "LIKES_TABLE=" + table,
            "AWS_LAMBDA_FUNCTION_NAME=" + function.name(),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512",
            "AWS_LAMBDA_LOG_FORMAT=JSON",
            "AWS_LAMBDA_LOG_LEVEL=INFO",
            "AWS_REGION=us-east-1",
            "AWS_ACCESS_KEY_ID=" + function.session().accessKeyId(),
            "AWS_SESSION_TOKEN=" + function.session().token(),
            "AWS_ENDPOINT_URL=" + FakeRuntimes.ENDPOINT)
        .doesNotContainIgnoringCase("PATH=", "HOME=", "USER=");
    Path directory = Path.of(seen.lines().findFirst().orElseThrow());
    assertThat(directory.toRealPath()).isEqualTo(function.code().directory().toRealPath());
  }

  /** What Lambda's Java runtime gives a function of 512 MB. */
  @Test
  void theHeapFollowsFromTheFunctionsMemoryAsOnLambda() throws Exception {
    assertThat(function.code().memoryMegabytes()).isEqualTo(512);
    assertThat(answer(start("handler", Duration.ofMinutes(1)), "heap"))
        .startsWith("-Xmx445644k -XX:+UseSerialGC ");
  }

  @Test
  void closingEndsTheProcess() throws Exception {
    ExecutionEnvironment environment = start("handler", Duration.ofMinutes(1));
    answer(environment, "event");
    ProcessHandle process = ProcessHandle.of(environment.pid()).orElseThrow();

    environment.close();

    await().until(() -> !process.isAlive());
    assertThat(log).isEmpty();
  }

  @Test
  void whatIsClosedHasEnded() throws Exception {
    for (int i = 0; i < 5; i++) {
      ExecutionEnvironment environment = start("handler", Duration.ofSeconds(10));
      ProcessHandle process = ProcessHandle.of(environment.pid()).orElseThrow();

      environment.close();

      assertThat(process.isAlive()).isFalse();
    }
  }

  private ExecutionEnvironment start(String handler, Duration timeout) throws IOException {
    var functionLog =
        new FunctionLog(
            stack.access(),
            TestStack.REGION,
            TestStack.ACCOUNT,
            (who, line) -> log.add(who + ": " + line));
    var environment =
        new ExecutionEnvironment(
            FakeRuntimes.with(function, handler, timeout),
            0,
            FakeRuntimes.runtime(MACHINE),
            functionLog);
    started.add(environment);
    return environment;
  }

  private static String answer(ExecutionEnvironment environment, String event) throws Exception {
    return switch (invoke(environment, event)) {
      case Outcome.Answered(byte[] payload) -> new String(payload, StandardCharsets.UTF_8);
      case Outcome.Failed(byte[] payload) ->
          throw new AssertionError(new String(payload, StandardCharsets.UTF_8));
    };
  }

  private static String failure(ExecutionEnvironment environment, String event) throws Exception {
    return switch (invoke(environment, event)) {
      case Outcome.Failed(byte[] payload) -> new String(payload, StandardCharsets.UTF_8);
      case Outcome.Answered(byte[] payload) ->
          throw new AssertionError(new String(payload, StandardCharsets.UTF_8));
    };
  }

  private static Outcome invoke(ExecutionEnvironment environment, String event) throws Exception {
    return environment.invoke("id", event.getBytes(StandardCharsets.UTF_8));
  }
}
