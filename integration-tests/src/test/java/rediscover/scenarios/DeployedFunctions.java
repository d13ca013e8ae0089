package rediscover.scenarios;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import rediscover.local.application.Application;
import rediscover.local.application.FunctionSpec;
import rediscover.local.lambda.Invocable;
import rediscover.local.lambda.Outcome;
import rediscover.local.web.HttpApi;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;

/** The functions of a stack, which Lambda runs somewhere. */
final class DeployedFunctions implements AutoCloseable {

  /** A function that is deployed, as API Gateway's stub knows it. */
  private record Deployed(FunctionSpec spec, Function<byte[], Outcome> lambda)
      implements Invocable {
    /** Lambda has request ids of its own. */
    @Override
    public Outcome invoke(String requestId, byte[] event) {
      return lambda.apply(event);
    }
  }

  private static final String LATEST = "$LATEST";
  private static final Duration UPDATE_LIMIT = Duration.ofMinutes(3);

  private final LambdaClient lambda;
  private final Map<String, String> names;
  private final Map<String, String> qualifiers = new ConcurrentHashMap<>();

  /**
   * @param names of the functions, by their ids in the template
   */
  DeployedFunctions(LambdaClient lambda, Map<String, String> names) {
    this.lambda = lambda;
    this.names = Map.copyOf(names);
  }

  /** API Gateway's part, in front of these functions, where there is none. */
  InvokedApi api(Application application) throws IOException {
    Map<String, Deployed> functions =
        application.functions().stream()
            .collect(
                Collectors.toMap(
                    FunctionSpec::arn,
                    spec -> new Deployed(spec, event -> invoke(spec.logicalId(), event))));
    return new InvokedApi(
        new HttpApi(
            application.apis().getFirst(),
            // What stands here in for Lambda enforces no policy.
            (arn, source) -> Optional.empty(),
            functions));
  }

  private Outcome invoke(String logicalId, byte[] event) {
    String name = nameOf(logicalId);
    InvokeResponse response =
        lambda.invoke(
            request ->
                request
                    .functionName(name)
                    .qualifier(qualifierOf(name))
                    .payload(SdkBytes.fromByteArray(event)));
    byte[] payload = response.payload().asByteArray();
    return response.functionError() == null
        ? new Outcome.Answered(payload)
        : new Outcome.Failed(payload);
  }

  /**
   * As a deployment does: publishes a new version, with environments of its own.
   *
   * @param function as its handler is named, such as {@code RandomLike}
   */
  void renew(String function) {
    String name = nameOf(function + "Function");
    lambda.updateFunctionConfiguration(
        request -> request.functionName(name).description("Renewed at " + Instant.now()));
    Awaitility.await()
        .atMost(UPDATE_LIMIT)
        .until(
            () ->
                lambda
                    .getFunctionConfiguration(request -> request.functionName(name))
                    .lastUpdateStatus(),
            LastUpdateStatus.SUCCESSFUL::equals);
    String alias = qualifierOf(name);
    if (!alias.equals(LATEST)) {
      String version = lambda.publishVersion(request -> request.functionName(name)).version();
      lambda.updateAlias(
          request -> request.functionName(name).name(alias).functionVersion(version));
    }
  }

  private String nameOf(String logicalId) {
    return Optional.ofNullable(names.get(logicalId))
        .orElseThrow(() -> new IllegalStateException("the stack has no function " + logicalId));
  }

  /** What a route invokes of this function: its alias, if it has one. */
  private String qualifierOf(String function) {
    return qualifiers.computeIfAbsent(
        function,
        name -> {
          List<AliasConfiguration> aliases =
              lambda.listAliases(request -> request.functionName(name)).aliases();
          return aliases.isEmpty() ? LATEST : aliases.getFirst().name();
        });
  }

  @Override
  public void close() {
    lambda.close();
  }
}
