package rediscover.randomlike;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.event.Serialization;

class RandomLikeSerializerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http-random-like.json",
        "http-next-like.json",
        "http-bad-name.json",
        "http-bad-cursor.json",
        "http-every-field.json"
      })
  void theEventIsReadAsTheRuntimeReadsIt(String name) {
    assertThat(Serialization.OF_THE_FUNCTION.event(name, APIGatewayV2HTTPEvent.class))
        .usingRecursiveComparison()
        .isEqualTo(Serialization.OF_THE_RUNTIME.event(name, APIGatewayV2HTTPEvent.class));
  }

  @Test
  void theAnswerIsWrittenAsTheRuntimeWritesIt() {
    APIGatewayV2HTTPResponse answer =
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(429)
            .withHeaders(Map.of("Retry-After", "1"))
            .withBody("{\"text\":\"Größe \uD83D\uDE00\"}")
            .build();

    assertThat(Serialization.OF_THE_FUNCTION.json(answer))
        .isEqualTo(Serialization.OF_THE_RUNTIME.json(answer));
  }
}
