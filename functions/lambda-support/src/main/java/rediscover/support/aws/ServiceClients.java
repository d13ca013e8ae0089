package rediscover.support.aws;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import rediscover.support.Environment;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Builds clients of AWS services from the variables that Lambda sets. By default a client would
 * search files, the network and a table of all services, which makes cold starts slower.
 */
public final class ServiceClients {
  private static final String REGION_VARIABLE = "AWS_REGION";
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String DUAL_STACK = "AWS_USE_DUALSTACK_ENDPOINT";
  private static final String FIPS = "AWS_USE_FIPS_ENDPOINT";

  /** How the SDK tells the partition {@code aws} from the others. */
  private static final Pattern PUBLIC_REGION =
      Pattern.compile("(us|eu|ap|sa|ca|me|af|il|mx)-\\w+-\\d+");

  private final Environment environment;
  private final SdkHttpClient http;
  private final List<Thread> headStarts = new ArrayList<>();

  public ServiceClients(Environment environment) {
    this(environment, new BufferedHttpClient());
  }

  /** Sends the clients' requests by another HTTP client. */
  public ServiceClients(Environment environment, SdkHttpClient http) {
    this.environment = environment;
    this.http = http;
  }

  /** For the process that Lambda starts. */
  public static ServiceClients ofProcess() {
    return new ServiceClients(Environment.ofProcess());
  }

  /** The variables that configure the clients. */
  public Environment environment() {
    return environment;
  }

  /**
   * Starts to open connections for the first calls.
   *
   * @param host the first part of the host's name, for instance {@code dynamodb}
   */
  public ServiceClients connectAhead(String host, int connections) {
    endpoint(host).ifPresent(address -> headStarts.add(HeadStart.to(address, connections, http)));
    return this;
  }

  /** Waits until the connections are open, or for {@code atMost}. */
  public void awaitConnections(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Thread headStart : headStarts) {
      headStart.join(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  /**
   * Builds a client.
   *
   * @param service the first part of the service's host name, for instance {@code dynamodb}
   * @throws IllegalStateException if the environment does not name the region
   */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      String service, Supplier<B> newBuilder) {
    B builder = newBuilder.get();
    endpoint(service).ifPresent(builder::endpointOverride);
    return builder
        .httpClient(http)
        .region(Region.of(environment.required(REGION_VARIABLE)))
        .credentialsProvider(credentials())
        .defaultsMode(DefaultsMode.LEGACY)
        .dualstackEnabled(isOn(DUAL_STACK))
        .fipsEnabled(isOn(FIPS))
        .build();
  }

  /**
   * A service's address in most regions. Empty if the SDK has to find it: in another partition, or
   * because a variable asks for <a
   * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">another
   * address</a> or <a
   * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html">another kind</a>.
   */
  private Optional<URI> endpoint(String service) {
    if (!environment.has(REGION_VARIABLE)) {
      return Optional.empty();
    }
    String region = environment.required(REGION_VARIABLE);
    boolean isElsewhere =
        environment.has(ENDPOINT)
            || environment.has(ENDPOINT + "_" + service.toUpperCase(Locale.ROOT))
            || isOn(DUAL_STACK)
            || isOn(FIPS)
            || !PUBLIC_REGION.matcher(region).matches();
    return isElsewhere
        ? Optional.empty()
        : Optional.of(URI.create("https://" + service + "." + region + ".amazonaws.com"));
  }

  private boolean isOn(String variable) {
    return environment.has(variable) && environment.required(variable).equalsIgnoreCase("true");
  }

  /** Lambda sets variables with them, except in an environment restored by SnapStart. */
  private AwsCredentialsProvider credentials() {
    return environment.has("AWS_ACCESS_KEY_ID")
        ? EnvironmentVariableCredentialsProvider.create()
        : DefaultCredentialsProvider.builder().build();
  }
}
