package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static rediscover.local.Patience.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.TestStack;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LambdaFunctionTest {

  @TempDir private Path home;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private TestStack stack;
  private LambdaFunction function;

  @BeforeEach
  void create() {
    stack = TestStack.read(home);
    function =
        new LambdaFunction(
            FakeRuntimes.with(
                stack.function("TopicWriterFunction"), "handler", Duration.ofMinutes(1)),
            FakeRuntimes.runtime(Map.of()),
            stack.access(),
            new FunctionLog(
                stack.access(),
                TestStack.REGION,
                TestStack.ACCOUNT,
                (who, line) -> log.add(who + ": " + line)));
  }

  @AfterEach
  void close() {
    function.close();
  }

  @Test
  void anIdleEnvironmentIsUsedAgain() throws Exception {
    assertThat(invoke("first")).isEqualTo(invoke("second"));
    assertThat(function.pids()).hasSize(1);
  }

  @Test
  void whatWasWarmedUpIsUsedFirst() throws Exception {
    function.warmUp();
    long warm = function.pids().getFirst();

    assertThat(invoke("event")).isEqualTo(warm);
  }

  @Test
  void eventsAtTheSameTimeHaveEnvironmentsOfTheirOwnUpToALimit() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        outcomes.add(callers.submit(() -> function.invoke(bytes("hang"))));
      }
      await().until(() -> hanging() == 3);
      assertThat(function.pids()).hasSize(3);
      ProcessHandle.of(function.pids().getFirst()).orElseThrow().destroyForcibly();
      await().until(() -> hanging() == 4);
      callers.shutdownNow();
    }
  }

  @Test
  void anEnvironmentThatFailedIsNeverUsedAgain() throws Exception {
    long first = invoke("event");

    assertThat(function.invoke(bytes("exit"))).isInstanceOf(Outcome.Failed.class);

    assertThat(function.pids()).isEmpty();
    assertThat(invoke("event")).isNotEqualTo(first);
  }

  @Test
  void anEnvironmentWhoseHandlerThrewIsUsedAgain() throws Exception {
    long first = invoke("event");

    assertThat(function.invoke(bytes("fail"))).isInstanceOf(Outcome.Failed.class);

    assertThat(invoke("event")).isEqualTo(first);
  }

  @Test
  void anEnvironmentThatEndedWhileItWasIdleIsNotUsed() throws Exception {
    long first = invoke("event");
    ProcessHandle process = ProcessHandle.of(first).orElseThrow();
    process.destroyForcibly();
    await().until(() -> !process.isAlive());

    assertThat(invoke("event")).isNotEqualTo(first);
  }

  @Test
  void aSwitchedStatementGivesItsFunctionNewEnvironments() throws Exception {
    stack.access().addListener(function);
    long first = invoke("event");

    stack.access().switchStatement("TopicWriterRole/StoreLikes", false);

    assertThat(function.pids()).isEmpty();
    long second = invoke("event");
    assertThat(second).isNotEqualTo(first);
    stack.access().switchStatement("TopicWriterRole/StoreLikes", true);
    assertThat(invoke("event")).isNotIn(first, second);
  }

  @Test
  void anEnvironmentThatIsBusyDuringARenewalFinishesAndIsNotUsedAgain() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Path end = home.resolve("end");
      Future<Outcome> busy = callers.submit(() -> function.invoke(bytes("until " + end)));
      await().until(() -> log.contains("topic-writer: waiting"));
      long first = function.pids().getFirst();

      function.renewEnvironments();
      Files.createFile(end);

      assertThat(busy.get()).isInstanceOf(Outcome.Answered.class);
      assertThat(invoke("event")).isNotEqualTo(first);
    }
  }

  @Test
  void withoutATrustPolicyNothingIsStarted() throws Exception {
    stack.access().switchStatement("TopicWriterRole/trust/LambdaRunsAsThisRole", false);

    Outcome outcome = function.invoke(bytes("event"));

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(new String(((Outcome.Failed) outcome).payload(), StandardCharsets.UTF_8))
        .contains("Lambda.AccessDenied", "sts:AssumeRole");
    assertThat(function.pids()).isEmpty();
    assertThat(log).singleElement().asString().startsWith("lambda: The role");
  }

  @Test
  void withoutPermissionToWriteItTheLogIsLostAndThatIsSaid() throws Exception {
    stack.access().switchStatement("TopicWriterRole/WriteItsLog", false);

    function.invoke(bytes("log"));

    await().until(() -> !log.isEmpty());
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("logs: lines of topic-writer are lost: ")
        .contains("logs:CreateLogStream");
  }

  @Test
  void aPermissionThatIsTakenAwayLosesTheNextLine() throws Exception {
    function.invoke(bytes("log"));
    await().until(() -> log.size() == 2);
    stack.access().switchStatement("TopicWriterRole/WriteItsLog", false);

    function.invoke(bytes("log"));

    await().until(() -> log.size() == 4);
    assertThat(log.subList(0, 2)).containsExactly("topic-writer: one é", "topic-writer: two");
    assertThat(log.subList(2, 4))
        .allMatch(line -> line.startsWith("logs: a line is lost: "))
        .allMatch(line -> line.contains("logs:PutLogEvents"));
  }

  @Test
  void closingEndsEveryProcess() throws Exception {
    ProcessHandle process = ProcessHandle.of(invoke("event")).orElseThrow();

    function.close();

    await().until(() -> !process.isAlive());
  }

  @Test
  void aClosedFunctionStartsNoProcess() {
    function.close();

    assertThatIOException()
        .isThrownBy(() -> invoke("event"))
        .withMessageEndingWith("is not invoked any more: the run ends");
    assertThat(function.pids()).isEmpty();
  }

  /** Invokes and says in which process. */
  private long invoke(String event) throws Exception {
    return switch (function.invoke(bytes(event))) {
      case Outcome.Answered(byte[] payload) ->
          Long.parseLong(new String(payload, StandardCharsets.UTF_8).split(" ")[1]);
      case Outcome.Failed(byte[] payload) ->
          throw new AssertionError(new String(payload, StandardCharsets.UTF_8));
    };
  }

  /** How many invocations of "hang" have begun. */
  private long hanging() {
    return log.stream().filter("topic-writer: never ends"::equals).count();
  }

  private static byte[] bytes(String event) {
    return event.getBytes(StandardCharsets.UTF_8);
  }
}
