package rediscover.local.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final String classPath;
  private final String main;
  private final Path nativeClient;
  private final String region;
  private final URI endpoint;

  /**
   * @param classPath the runtime interface client's jars, as a class path
   * @param scratch a folder of our own, for the client's native library
   * @param endpoint where the function's AWS clients find every service
   */
  public LambdaRuntime(String classPath, Path scratch, String region, URI endpoint)
      throws IOException {
    this(classPath, MAIN, unpackNativeClient(classPath, scratch), region, endpoint);
  }

  /** The same with another runtime than AWS's. */
  LambdaRuntime(String classPath, String main, Path nativeClient, String region, URI endpoint) {
    this.classPath = classPath;
    this.main = main;
    this.nativeClient = nativeClient;
    this.region = region;
    this.endpoint = endpoint;
  }

  Process start(FunctionSpec function, String runtimeApi) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The flags that Lambda's own bootstrap gives, so that a function is as fast and as small here.
    command.add("-Xmx" + function.memoryMegabytes() * 1024 * 85 / 100 + "k");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.add("-D" + NATIVE_CLIENT + "=" + nativeClient);
    command.addAll(List.of("-cp", classPath, main, function.handler()));

    var builder = new ProcessBuilder(command);
    builder.directory(function.directory().toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
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
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_REGION", region);
    environment.put("AWS_DEFAULT_REGION", region);
    environment.put("AWS_ACCESS_KEY_ID", function.session().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", function.session().secretAccessKey());
    environment.put("AWS_SESSION_TOKEN", function.session().token());
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.putAll(function.environment());
    return builder.start();
  }

  /**
   * The client unpacks its library to one fixed path at every start, which crashes environments
   * that start side by side; given a file it unpacks nothing.
   */
  private static Path unpackNativeClient(String classPath, Path scratch) throws IOException {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String entry = "jni/libaws-lambda-jni.linux-" + architecture + ".so";
    for (String jar : classPath.split(File.pathSeparator)) {
      if (!jar.contains("runtime-interface-client")) {
        continue;
      }
      URI uri = URI.create("jar:" + Path.of(jar).toUri() + "!/" + entry);
      Path file = scratch.resolve("libaws-lambda-jni.so");
      try (InputStream library = uri.toURL().openStream()) {
        Files.createDirectories(scratch);
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return file;
    }
    throw new IOException("no runtime interface client on the class path " + classPath);
  }
}
