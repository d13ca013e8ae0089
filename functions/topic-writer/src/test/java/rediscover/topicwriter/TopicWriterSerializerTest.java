package rediscover.topicwriter;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.event.Serialization;

class TopicWriterSerializerTest {
  @ParameterizedTest
  @ValueSource(strings = {"sns-likes.json", "sns-bad-message.json", "sns-every-field.json"})
  void theEventIsReadAsTheRuntimeReadsIt(String name) {
    assertThat(Serialization.OF_THE_FUNCTION.event(name, SNSEvent.class))
        .usingRecursiveComparison()
        .ignoringFields("records.sns.timestamp")
        .isEqualTo(Serialization.OF_THE_RUNTIME.event(name, SNSEvent.class));
  }
}
