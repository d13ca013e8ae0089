package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A package under AWS's runtime interface client, with the options that Lambda's bootstrap gives
 * the JVM. As on Lambda it has all processors while it is set up, and from the first event on its
 * memory's share of one.
 */
final class ExecutionEnvironment implements AutoCloseable {

  /** What all environments have in common. */
  record Host(FakeWorld world, String runtimeClassPath, Path scratch, Limiter limiter) {

    /**
     * Limits a process as Lambda does.
     *
     * @param memory in MB
     */
    Limiter.Limit limit(Process process, int memory) throws IOException {
      return limiter.limit(process, memory / 1769.0);
    }

    /** The JVM, as Lambda starts it in so much memory. */
    List<String> java(int memory, boolean snapStart) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx" + memory * 1024L * 85 / 100 + "k", "-XX:+UseSerialGC"));
      command.add("-Xshare:auto");
      if (!snapStart) {
        // With SnapStart Lambda leaves the compiler as it is.
        command.add("-XX:TieredStopAtLevel=1");
      }
      command.addAll(world.jvmOptions());
      return command;
    }
  }

  /** An HTTP status that is no success, a message that goes back to the queue, a wrong key. */
  private static final Pattern FAILURE =
      Pattern.compile("\"statusCode\": ?(?!200)|\"itemIdentifier\"|\"isAuthorized\": ?false");

  private static final String CRAC = "com.amazonaws.services.lambda.crac";
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final LambdaPackage one;
  private final byte[] event;
  private final Path log;
  private final RuntimeApi api = new RuntimeApi();
  private final Process process;
  private final long setUp;
  private final Limiter.Limit limit;

  /** Starts one and waits until it asks for its first event. */
  ExecutionEnvironment(LambdaPackage one, int memory, Host host)
      throws IOException, InterruptedException {
    this.one = one;
    this.event = Files.readAllBytes(one.event());
    this.log = Files.createTempFile(host.scratch(), "function", ".log");
    boolean snapStart = one.start() != LambdaPackage.Start.ON_DEMAND;
    List<String> command = host.java(memory, snapStart);
    if (one.start() == LambdaPackage.Start.SNAP_START) {
      command.add("-Dorg.crac.Core.Compat=" + CRAC);
    }
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", host.runtimeClassPath(), MAIN, one.handler()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(one.task().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(memory, snapStart));
    long since = System.nanoTime();
    process = builder.start();
    process.onExit().thenRun(() -> api.fail(new IOException("the process has ended")));
    try {
      long ready = api.awaitReady();
      setUp = ready - (snapStart ? api.awaitRestored() : since);
      limit = host.limit(process, memory);
    } catch (IOException e) {
      end();
      throw explained(e);
    }
  }

  /** From the start of the process, or its restore, to its first request for an event. */
  long setUp() {
    return setUp;
  }

  /** How long an invocation takes. */
  long invoke() throws IOException, InterruptedException {
    try {
      long time = api.invoke(event);
      if (FAILURE.matcher(api.lastAnswer()).find()) {
        throw new IOException("answered " + api.lastAnswer());
      }
      return time;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Processor time since its start. */
  long cpu() {
    if (ProcessorClock.isKnown()) {
      return new ProcessorClock(Math.toIntExact(process.pid())).nanos();
    }
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /** The most that it has had in memory, in MiB. */
  long peakMemory() throws IOException {
    return Machine.peakMemory(process.pid());
  }

  private IOException explained(IOException e) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    return new IOException("%s: %s%n%s".formatted(one.name(), e.getMessage(), last), e);
  }

  private Map<String, String> environment(int memory, boolean snapStart) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("LANG", "en_US.UTF-8");
    environment.put("_HANDLER", one.handler());
    environment.put("LAMBDA_TASK_ROOT", one.task().toAbsolutePath().toString());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "measured");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memory));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "group");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("AWS_REGION", "us-east-1");
    if (snapStart) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      environment.put(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + api.address() + "/credentials");
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token");
    } else {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
      environment.put("AWS_ACCESS_KEY_ID", "key");
      environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    }
    environment.putAll(one.environment());
    return environment;
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
