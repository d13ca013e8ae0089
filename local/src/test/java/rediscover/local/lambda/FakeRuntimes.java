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
          Map.of("AWS_ENDPOINT_URL", ENDPOINT.toString()),
          (function, process) -> {},
          machine::get);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A function of the stack with another handler and timeout. */
  static FunctionSpec with(FunctionSpec function, String handler, Duration timeout) {
    FunctionSpec.Code code = function.code();
    return function.with(
        new FunctionSpec.Code(
            code.directory(), handler, code.memoryMegabytes(), timeout, code.environment()));
  }

  /** A function of the stack with other retries and another destination. */
  static FunctionSpec with(FunctionSpec function, int retries, Optional<String> onFailure) {
    return function.with(new FunctionSpec.Asynchronous(retries, onFailure));
  }
}
