package rediscover.support.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.Environment;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.scheme.NoAuthAuthScheme;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.endpoints.SqsEndpointParams;
import software.amazon.awssdk.services.sqs.endpoints.SqsEndpointProvider;

class ServiceClientsTest {
  private static final String NO_AUTH = NoAuthAuthScheme.SCHEME_ID;

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));
  private final List<URI> connected = new CopyOnWriteArrayList<>();

  /** Takes down where it is asked to connect to, and does not. */
  private final SdkHttpClient nowhere =
      new SdkHttpClient() {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
          connected.add(request.httpRequest().getUri());
          return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
              return HttpExecuteResponse.builder()
                  .response(SdkHttpResponse.builder().statusCode(200).build())
                  .build();
            }

            @Override
            public void abort() {}
          };
        }

        @Override
        public void close() {}
      };

  @ParameterizedTest
  @ValueSource(strings = {"eu-west-1", "us-east-1", "ap-southeast-2", "me-central-1"})
  void theAddressFollowsFromTheRegion(String region) {
    variables.put("AWS_REGION", region);
    try (SqsClient sqs = build()) {
      URI address = URI.create("https://sqs." + region + ".amazonaws.com");
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).contains(address);
      assertThat(sqs.serviceClientConfiguration().region()).isEqualTo(Region.of(region));
      assertThat(connected).isEmpty();
    }
  }

  @Test
  void connectionsAreOpenedToTheHostThatIsNamed() throws InterruptedException {
    ServiceClients clients = new ServiceClients(new Environment(variables), nowhere);
    clients.connectAhead("sqs", 1).connectAhead("bucket.s3", 2);
    clients.awaitConnections(Duration.ofMinutes(1));
    assertThat(connected)
        .containsExactlyInAnyOrder(
            URI.create("https://sqs.eu-west-1.amazonaws.com"),
            URI.create("https://bucket.s3.eu-west-1.amazonaws.com"),
            URI.create("https://bucket.s3.eu-west-1.amazonaws.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cn-north-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1"})
  void inAnotherPartitionTheSdkFindsTheAddress(String region) {
    variables.put("AWS_REGION", region);
    assertThatTheSdkFindsTheAddress();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL, http://127.0.0.1:1",
    "AWS_ENDPOINT_URL_SQS, http://127.0.0.1:1",
    "AWS_USE_FIPS_ENDPOINT, true",
    "AWS_USE_DUALSTACK_ENDPOINT, TRUE"
  })
  void anAddressThatAVariableChangesIsLeftToTheSdk(String variable, String value) {
    variables.put(variable, value);
    assertThatTheSdkFindsTheAddress();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL_DYNAMODB, http://127.0.0.1:1",
    "AWS_USE_FIPS_ENDPOINT, false",
    "AWS_USE_FIPS_ENDPOINT, ''"
  })
  void aVariableThatChangesNothingForThisServiceLeavesTheAddress(String variable, String value) {
    variables.put(variable, value);
    try (SqsClient sqs = build()) {
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_USE_FIPS_ENDPOINT, true, false",
    "AWS_USE_DUALSTACK_ENDPOINT, false, true",
    "AWS_REGION, false, false"
  })
  void theSdkIsAskedForTheKindOfAddressThatAVariableNames(
      String variable, boolean fips, boolean dualStack) {
    variables.put(variable, variable.equals("AWS_REGION") ? "eu-west-1" : "true");
    List<SqsEndpointParams> asked = new ArrayList<>();
    SqsEndpointProvider unknown =
        parameters -> {
          asked.add(parameters);
          throw new UnsupportedOperationException("no address");
        };
    try (SqsClient sqs =
        new ServiceClients(new Environment(variables), nowhere)
            .build(
                "sqs",
                () ->
                    SqsClient.builder()
                        .endpointProvider(unknown)
                        .putAuthScheme(NoAuthAuthScheme.create())
                        .authSchemeProvider(
                            any ->
                                List.of(AuthSchemeOption.builder().schemeId(NO_AUTH).build())))) {
      assertThatThrownBy(sqs::listQueues).hasMessageContaining("no address");
    }
    assertThat(asked)
        .singleElement()
        .satisfies(
            parameters -> {
              assertThat(parameters.useFips()).isEqualTo(fips);
              assertThat(parameters.useDualStack()).isEqualTo(dualStack);
            });
  }

  @Test
  void aMissingRegionIsNamed() {
    variables.remove("AWS_REGION");
    assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("AWS_REGION");
  }

  /** Nothing overrides the address, and nothing connects ahead to one that may be wrong. */
  private void assertThatTheSdkFindsTheAddress() {
    try (SqsClient sqs = build()) {
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).isEmpty();
    }
    new ServiceClients(new Environment(variables), nowhere).connectAhead("sqs", 1);
    assertThat(connected).isEmpty();
  }

  private SqsClient build() {
    return new ServiceClients(new Environment(variables), nowhere).build("sqs", SqsClient::builder);
  }
}
