package rediscover.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import rediscover.local.application.FunctionSpec;
import rediscover.local.lambda.LambdaRuntime;
import rediscover.local.lambda.Outcome;
import rediscover.local.lambda.RuntimeApi;

/**
 * A package in the embedded run's Lambda runtime. As on Lambda it has all processors during set-up,
 * and from the first event on its memory's share of one.
 */
final class ExecutionEnvironment implements AutoCloseable {

  /** What all environments share. */
  record Host(FakeWorld world, LambdaRuntime runtime, Path scratch, Limiter limiter) {}

  /** An HTTP status other than 200, a message that goes back to the queue, a wrong key. */
  private static final Pattern FAILURE =
      Pattern.compile("\"statusCode\": ?(?!200)|\"itemIdentifier\"|\"isAuthorized\": ?false");

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final FunctionSpec function;
  private final byte[] event;
  private final Path log;
  private final RuntimeApi api = new RuntimeApi(System.err::println);
  private final Process process;
  private final long setUp;
  private final Limiter.Limit limit;

  /** Starts the package and waits until it asks for its first event. */
  ExecutionEnvironment(LambdaPackage one, int memory, Host host)
      throws IOException, InterruptedException {
    this.name = one.name();
    this.function = one.withMemory(memory).function();
    this.event = Files.readAllBytes(one.event());
    this.log = Files.createTempFile(host.scratch(), "function", ".log");
    ProcessBuilder builder = host.runtime().process(function, api.address());
    builder.command().addAll(1, host.world().jvmOptions());
    builder.command().add(1, "--enable-native-access=ALL-UNNAMED");
    if (one.snapStart()) {
      asRestored(builder, host.world().credentials());
    }
    long since = System.nanoTime();
    process = builder.redirectOutput(log.toFile()).start();
    try {
      long ready = await(api.ready());
      setUp = ready - (one.snapStart() ? await(api.restored()) : since);
      limit = host.limiter().limit(process.toHandle(), memory / 1769.0);
    } catch (IOException e) {
      end();
      throw e;
    }
  }

  /** With SnapStart, Lambda leaves the compiler as it is and gives keys only after the restore. */
  private static void asRestored(ProcessBuilder builder, String credentials) {
    builder.command().remove("-XX:TieredStopAtLevel=1");
    var environment = builder.environment();
    environment
        .keySet()
        .removeAll(List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", credentials);
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token");
  }

  /**
   * Nanoseconds from the start of the process, or its restore, to its first request for an event.
   */
  long setUp() {
    return setUp;
  }

  /** Invokes the function; returns the nanoseconds that it took. */
  long invoke() throws IOException, InterruptedException {
    var outcome = new CompletableFuture<Outcome>();
    var invocation =
        new RuntimeApi.Invocation(
            "request-" + System.nanoTime(), function.arn(), LIMIT, event, outcome);
    if (!api.offer(invocation, LIMIT)) {
      throw failure("asks for no event");
    }
    return switch (await(outcome)) {
      case Outcome.Answered(byte[] payload) when !FAILURE.matcher(text(payload)).find() ->
          api.duration();
      case Outcome.Answered(byte[] payload) -> throw failure("answered " + text(payload));
      case Outcome.Failed(byte[] payload) -> throw failure(text(payload));
    };
  }

  /** Processor time since its start, in nanoseconds. */
  long cpu() {
    return new ProcessorClock(Math.toIntExact(process.pid())).nanos();
  }

  /** The most that it has had in memory, in MiB. */
  long peakMemory() throws IOException {
    return Machine.peakMemory(process.pid());
  }

  /** Waits for a result, or for what prevents it. */
  private <T> T await(CompletableFuture<T> result) throws IOException, InterruptedException {
    try {
      CompletableFuture.anyOf(result, api.initError(), process.onExit())
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw failure("no answer within " + LIMIT.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("none of these completes with an exception", e);
    }
    if (result.isDone()) {
      return result.join();
    }
    throw failure(api.initError().isDone() ? text(api.initError().join()) : "the process ended");
  }

  private IOException failure(String what) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    return new IOException("%s: %s%n%s".formatted(name, what, last));
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  private void end() {
    process.destroyForcibly().onExit().join();
    api.close();
  }

  @Override
  public void close() throws IOException {
    end();
    limit.close();
  }
}
