package rediscover.local.lambda;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import rediscover.local.application.FunctionSpec;

/**
 * The managed Java runtime, as far as a function can tell: AWS's runtime interface client with the
 * same flags, the package as the working directory, and the environment variables that Lambda sets.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda's
 *     environment variables</a>
 */
public final class LambdaRuntime {

  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Windows finds the folder for temporary files by them; no other system asks. */
  private static final List<String> TEMPORARY_FILES = List.of("TEMP", "TMP");

  private final List<String> classPath;
  private final String main;
  private final String region;
  private final URI endpoint;
  private final BiConsumer<FunctionSpec, ProcessHandle> started;
  private final UnaryOperator<String> machine;

  /**
   * @param classPath the runtime interface client's jars, and before them what takes the place of
   *     its native part
   * @param endpoint where the function's AWS clients find every service
   * @param started is told of every process
   */
  public LambdaRuntime(
      List<String> classPath,
      String region,
      URI endpoint,
      BiConsumer<FunctionSpec, ProcessHandle> started) {
    this(classPath, MAIN, region, endpoint, started, System::getenv);
  }

  /**
   * The same with another runtime than AWS's.
   *
   * @param machine the machine's own environment variables
   */
  LambdaRuntime(
      List<String> classPath,
      String main,
      String region,
      URI endpoint,
      BiConsumer<FunctionSpec, ProcessHandle> started,
      UnaryOperator<String> machine) {
    this.classPath = classPath;
    this.main = main;
    this.region = region;
    this.endpoint = endpoint;
    this.started = started;
    this.machine = machine;
  }

  Process start(FunctionSpec function, String runtimeApi) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The flags that Lambda's own bootstrap gives, so that a function is as fast and as small here.
    command.add("-Xmx" + function.memoryMegabytes() * 1024 * 85 / 100 + "k");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.addAll(
        List.of("-cp", String.join(File.pathSeparator, classPath), main, function.handler()));

    var builder = new ProcessBuilder(command);
    builder.directory(function.directory().toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    // On Windows the JDK leaves SystemRoot, without which no process can open a socket.
    environment.clear();
    for (String name : TEMPORARY_FILES) {
      Optional.ofNullable(machine.apply(name)).ifPresent(value -> environment.put(name, value));
    }
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("_HANDLER", function.handler());
    environment.put("LAMBDA_TASK_ROOT", function.directory().toString());
    environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + function.memoryMegabytes());
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("AWS_LAMBDA_LOG_FORMAT", function.logFormat());
    function.logLevel().ifPresent(level -> environment.put("AWS_LAMBDA_LOG_LEVEL", level));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_REGION", region);
    environment.put("AWS_DEFAULT_REGION", region);
    environment.put("AWS_ACCESS_KEY_ID", function.session().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", function.session().secretAccessKey());
    environment.put("AWS_SESSION_TOKEN", function.session().token());
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.putAll(function.environment());
    Process process = builder.start();
    started.accept(function, process.toHandle());
    return process;
  }
}
