package rediscover.keychecker;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.event.Serialization;

class KeyCheckerSerializerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorizer-key.json",
        "authorizer-wrong-key.json",
        "authorizer-no-bearer.json",
        "authorizer-every-field.json"
      })
  void theEventIsReadAsTheRuntimeReadsIt(String name) {
    assertThat(Serialization.OF_THE_FUNCTION.event(name, APIGatewayV2CustomAuthorizerEvent.class))
        .usingRecursiveComparison()
        .ignoringFields("requestContext.time")
        .isEqualTo(
            Serialization.OF_THE_RUNTIME.event(name, APIGatewayV2CustomAuthorizerEvent.class));
  }

  @Test
  void theAnswerIsTheSimpleResponse() {
    assertThat(json(true)).isEqualTo("{\"isAuthorized\":true}");
    assertThat(json(false)).isEqualTo("{\"isAuthorized\":false}");
  }

  private static String json(boolean authorized) {
    return Serialization.OF_THE_FUNCTION.json(
        SimpleIAMPolicyResponse.builder().withIsAuthorized(authorized).build());
  }
}
