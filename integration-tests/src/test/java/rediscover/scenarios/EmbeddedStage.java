package rediscover.scenarios;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The embedded run, in a process of its own. */
final class EmbeddedStage implements Stage {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

  private final PlantedSecrets secrets = new PlantedSecrets();
  private final ApiClient apiClient = new ApiClient(secrets);
  private final Path data;
  private final Path functions;
  private final Process process;
  private final Properties outputs = new Properties();

  /**
   * @param functions the file in which the run writes down the functions' processes
   */
  private EmbeddedStage(Path data, Path functions, Process process) {
    this.data = data;
    this.functions = functions;
    this.process = process;
  }

  /**
   * @param data where the run keeps its data; another run may have left some there
   * @param accounts 1, or 2 for one with a topic and a queue in another account
   */
  static EmbeddedStage start(Path data, int accounts) throws IOException {
    return start(data, accounts, "off", List.of(StageRun.class.getName()));
  }

  /** The same where the API asks for a key. */
  static EmbeddedStage startWithKey(Path data, int accounts) throws IOException {
    return start(data, accounts, "on", List.of(StageRun.class.getName()));
  }

  /**
   * Starts it with a plan of what goes wrong.
   *
   * @param data where the run keeps its data; another run may have left some there
   */
  static EmbeddedStage startFaulty(Path data, FaultPlan plan) throws IOException {
    List<String> main = new ArrayList<>(List.of(FaultyRun.class.getName()));
    main.addAll(plan.words());
    return start(data, 1, "off", main);
  }

  private static EmbeddedStage start(Path data, int accounts, String key, List<String> main)
      throws IOException {
    Path home = Path.of(System.getProperty("home"));
    Path log = data.resolve("run.log");
    Path outputs = data.resolve("outputs.properties");
    Files.deleteIfExists(outputs); // Of a run that was killed.
    Path functions = Files.createTempFile("functions", ".txt");
    functions.toFile().deleteOnExit();
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // Whatever the machine's own encoding is: the tests read the log.
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dlocal.endWithInput=true",
            "-D" + StageRun.FILE + "=" + functions,
            "-Dlocal.port=0",
            "-Dlocal.data=" + data,
            "-Dlocal.accounts=" + accounts,
            "-Dlocal.key=" + key,
            "-cp",
            String.join(
                File.pathSeparator,
                home.resolve("local/target/classes").toString(),
                Files.readString(home.resolve("local/target/class-path")).strip(),
                System.getProperty("test.classes"))));
    command.addAll(main);
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    var stage = new EmbeddedStage(data, functions, process);
    try {
      stage.waitUntilReady(outputs, log);
      stage.plantSecrets();
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
    return stage;
  }

  private void waitUntilReady(Path file, Path log) {
    Awaitility.await()
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(file) || !process.isAlive());
    try {
      if (!process.isAlive()) {
        throw new IllegalStateException("the run did not start:\n" + Files.readString(log));
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        outputs.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void plantSecrets() throws IOException {
    try (SsmClient ssm = client(SsmClient.builder())) {
      ssm.putParameter(
          request ->
              request
                  .name("TWITTER_AUTH")
                  .type(ParameterType.SECURE_STRING)
                  .value(secrets.xCredentials())
                  .overwrite(true));
    }
    // Every environment of a function has the same keys.
    for (StageRun.FunctionProcess function : StageRun.FunctionProcess.readAll(functions)) {
      secrets.add("a function's secret access key", function.secretAccessKey());
      secrets.add("a function's session token", function.token());
    }
  }

  @Override
  public URI awsEndpoint() {
    return URI.create(output("AwsEndpointUrl"));
  }

  @Override
  public Region region() {
    return Region.of(output("AwsRegion"));
  }

  @Override
  public String output(String name) {
    String value = outputs.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("the stack has no output " + name);
    }
    return value;
  }

  @Override
  public HttpAnswer get(String path, Map<String, String> headers) {
    return apiClient.get(URI.create(output("ApiUrl") + path), headers);
  }

  @Override
  public HttpAnswer preflight(String path, String header) {
    // Here the site is where the API is.
    return apiClient.preflight(URI.create(output("ApiUrl") + path), output("ApiUrl"), header);
  }

  @Override
  public XStub x() {
    return new XStub(URI.create(output("XApiUrl")));
  }

  @Override
  public PlantedSecrets secrets() {
    return secrets;
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(3);
  }

  /** Kills the function's processes, after which the run starts one when it is needed. */
  @Override
  public void renew(String function) {
    try {
      Set<Long> started =
          StageRun.FunctionProcess.readAll(functions).stream()
              .filter(process -> process.handler().contains("." + function + "Handler::"))
              .map(StageRun.FunctionProcess::pid)
              .collect(Collectors.toSet());
      List<ProcessHandle> environments =
          process.children().filter(child -> started.contains(child.pid())).toList();
      environments.forEach(ProcessHandle::destroyForcibly);
      environments.forEach(environment -> environment.onExit().join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run's own and those that it has started. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Kills the run and all its processes, without a chance for any of them to end what it does. */
  void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(ended -> ended.onExit().join());
    apiClient.close();
  }

  /**
   * Stops the run, as Ctrl-C does, by closing its input: Windows has no signal for that.
   *
   * @throws AssertionError if it does not stop, or if a secret is in the run's output, which has
   *     the functions' logs, or in anything that it keeps, such as a dead letter
   */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the run does not stop when its input ends");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      apiClient.close();
    }
    try {
      secrets.requireNoneIn(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
