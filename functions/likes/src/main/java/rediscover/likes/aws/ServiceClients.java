package rediscover.likes.aws;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import rediscover.likes.Environment;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Builds the clients of AWS services. Left alone, each would search files, the network and a table
 * of all services there are for what Lambda says in the environment, at the cost of a cold start.
 */
public final class ServiceClients {
  private static final SdkHttpClient HTTP = new BufferedHttpClient();

  private static final String REGION_VARIABLE = "AWS_REGION";

  /** As the SDK itself tells the partition {@code aws} from the others. */
  private static final Pattern PUBLIC_REGION =
      Pattern.compile("(us|eu|ap|sa|ca|me|af|il|mx)-\\w+-\\d+");

  private final Environment environment;
  private final Consumer<URI> connectAhead;

  public ServiceClients(Environment environment) {
    this(environment, HeadStart::to);
  }

  ServiceClients(Environment environment, Consumer<URI> connectAhead) {
    this.environment = environment;
    this.connectAhead = connectAhead;
  }

  /**
   * Builds a client, and opens its first connection beside.
   *
   * @param service the first part of the service's host name, for instance {@code dynamodb}
   * @throws IllegalStateException if the environment does not name the region
   */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
      String service, Supplier<B> newBuilder) {
    Optional<URI> endpoint = endpoint(service);
    endpoint.ifPresent(connectAhead);
    B builder = newBuilder.get();
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .httpClient(HTTP)
        .region(Region.of(environment.required(REGION_VARIABLE)))
        .credentialsProvider(credentials())
        .defaultsMode(DefaultsMode.LEGACY)
        .dualstackEnabled(false)
        .fipsEnabled(false)
        .build();
  }

  /**
   * A service's address in most regions; none where the SDK has to find it: in another partition,
   * or by the variable with which the embedded run says it.
   */
  private Optional<URI> endpoint(String service) {
    String region = environment.required(REGION_VARIABLE);
    return environment.has("AWS_ENDPOINT_URL") || !PUBLIC_REGION.matcher(region).matches()
        ? Optional.empty()
        : Optional.of(URI.create("https://" + service + "." + region + ".amazonaws.com"));
  }

  /** Lambda gives them in the environment, except to what is restored from a snapshot. */
  private AwsCredentialsProvider credentials() {
    return environment.has("AWS_ACCESS_KEY_ID")
        ? EnvironmentVariableCredentialsProvider.create()
        : DefaultCredentialsProvider.builder().build();
  }
}
