package rediscover.likes.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Environment;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

class ServiceClientsTest {
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));
  private final List<URI> connected = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"eu-west-1", "us-east-1", "ap-southeast-2", "me-central-1"})
  void theAddressFollowsFromTheRegion(String region) {
    variables.put("AWS_REGION", region);
    try (SqsClient sqs = build()) {
      URI address = URI.create("https://sqs." + region + ".amazonaws.com");
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).contains(address);
      assertThat(sqs.serviceClientConfiguration().region()).isEqualTo(Region.of(region));
      assertThat(connected).containsExactly(address);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cn-north-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1"})
  void inAnotherPartitionTheSdkFindsTheAddress(String region) {
    variables.put("AWS_REGION", region);
    try (SqsClient sqs = build()) {
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(connected).isEmpty();
    }
  }

  @Test
  void anAddressGivenByVariableIsLeftToTheSdk() {
    variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    try (SqsClient sqs = build()) {
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(connected).isEmpty();
    }
  }

  @Test
  void aMissingRegionIsNamed() {
    variables.remove("AWS_REGION");
    assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("AWS_REGION");
  }

  private SqsClient build() {
    return new ServiceClients(new Environment(variables), connected::add)
        .build("sqs", SqsClient::builder);
  }
}
