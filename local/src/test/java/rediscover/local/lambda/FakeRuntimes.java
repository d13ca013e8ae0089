package rediscover.local.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rediscover.local.TestStack;
import rediscover.local.application.FunctionSpec;

/** Functions of template.yaml under {@link FakeRuntime}. */
final class FakeRuntimes {

  static final URI ENDPOINT = URI.create("http://127.0.0.1:4000");

  private FakeRuntimes() {}

  /**
   * @param machine the machine's own environment variables
   */
  static LambdaRuntime runtime(Map<String, String> machine) {
    try {
      var code = FakeRuntime.class.getProtectionDomain().getCodeSource().getLocation();
      return new LambdaRuntime(
          List.of(Path.of(code.toURI()).toString()),
          FakeRuntime.class.getName(),
          TestStack.REGION,
          ENDPOINT,
          (function, process) -> {},
          machine::get);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A function of the stack with another handler and timeout. */
  static FunctionSpec with(FunctionSpec function, String handler, Duration timeout) {
    return new FunctionSpec(
        function.logicalId(),
        function.name(),
        function.arn(),
        function.module(),
        function.directory(),
        handler,
        function.memoryMegabytes(),
        timeout,
        function.environment(),
        function.logGroup(),
        function.logFormat(),
        function.logLevel(),
        function.retries(),
        function.onFailure(),
        function.session());
  }

  /** A function of the stack with other retries and another destination. */
  static FunctionSpec with(FunctionSpec function, int retries, Optional<String> onFailure) {
    return new FunctionSpec(
        function.logicalId(),
        function.name(),
        function.arn(),
        function.module(),
        function.directory(),
        function.handler(),
        function.memoryMegabytes(),
        function.timeout(),
        Map.of(),
        function.logGroup(),
        function.logFormat(),
        function.logLevel(),
        retries,
        onFailure,
        function.session());
  }
}
