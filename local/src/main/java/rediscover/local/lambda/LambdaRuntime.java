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
 * Lambda's managed Java runtime, as far as a function can tell: AWS's runtime interface client with
 * the same JVM flags, the package as the working directory, and the environment variables that
 * Lambda sets.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda's
 *     environment variables</a>
 */
public final class LambdaRuntime {

  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Windows finds its folder for temporary files by these; other systems ignore them. */
  private static final List<String> TEMPORARY_FILES = List.of("TEMP", "TMP");

  private final List<String> classPath;
  private final String main;
  private final String region;
  private final Map<String, String> environment;
  private final BiConsumer<FunctionSpec, ProcessHandle> started;
  private final UnaryOperator<String> machine;

  /**
   * A runtime whose functions call AWS at its own endpoints.
   *
   * @param classPath the runtime interface client's jars, after what replaces its native part
   */
  public LambdaRuntime(List<String> classPath, String region) {
    this(classPath, MAIN, region, Map.of(), (function, process) -> {}, System::getenv);
  }

  /**
   * @param endpoint where the function's AWS clients find every service
   * @param started receives every process
   */
  public LambdaRuntime(
      List<String> classPath,
      String region,
      URI endpoint,
      BiConsumer<FunctionSpec, ProcessHandle> started) {
    this(
        classPath,
        MAIN,
        region,
        Map.of("AWS_ENDPOINT_URL", endpoint.toString()),
        started,
        System::getenv);
  }

  /**
   * Another runtime than AWS's.
   *
   * @param machine the machine's own environment variables
   */
  LambdaRuntime(
      List<String> classPath,
      String main,
      String region,
      Map<String, String> environment,
      BiConsumer<FunctionSpec, ProcessHandle> started,
      UnaryOperator<String> machine) {
    this.classPath = classPath;
    this.main = main;
    this.region = region;
    this.environment = environment;
    this.started = started;
    this.machine = machine;
  }

  /** The JVM with the flags that Lambda gives it, so that a function is as fast and small here. */
  public static List<String> jvm(int memoryMegabytes) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + memoryMegabytes * 1024 * 85 / 100 + "k",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto");
  }

  Process start(FunctionSpec function, String runtimeApi) throws IOException {
    Process process = process(function, runtimeApi).start();
    started.accept(function, process.toHandle());
    return process;
  }

  /** The process of a function, ready to start. */
  public ProcessBuilder process(FunctionSpec function, String runtimeApi) {
    FunctionSpec.Code code = function.code();
    List<String> command = new ArrayList<>(jvm(code.memoryMegabytes()));
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.addAll(
        List.of("-cp", String.join(File.pathSeparator, classPath), main, code.handler()));
    var builder =
        new ProcessBuilder(command).directory(code.directory().toFile()).redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    // On Windows the JDK keeps SystemRoot, without which no process can open a socket.
    variables.clear();
    for (String name : TEMPORARY_FILES) {
      Optional.ofNullable(machine.apply(name)).ifPresent(value -> variables.put(name, value));
    }
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("_HANDLER", code.handler());
    variables.put("LAMBDA_TASK_ROOT", code.directory().toString());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + code.memoryMegabytes());
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logging().group());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    variables.put("AWS_LAMBDA_LOG_FORMAT", function.logging().format());
    function.logging().level().ifPresent(level -> variables.put("AWS_LAMBDA_LOG_LEVEL", level));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_ACCESS_KEY_ID", function.session().accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", function.session().secretAccessKey());
    variables.put("AWS_SESSION_TOKEN", function.session().token());
    variables.putAll(environment);
    variables.putAll(code.environment());
    return builder;
  }
}
