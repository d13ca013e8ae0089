package rediscover.queuewriter;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.event.Serialization;

class QueueWriterSerializerTest {
  @ParameterizedTest
  @ValueSource(strings = {"sqs-likes.json", "sqs-one-poison.json", "sqs-every-field.json"})
  void theEventIsReadAsTheRuntimeReadsIt(String name) {
    assertThat(Serialization.OF_THE_FUNCTION.event(name, SQSEvent.class))
        .usingRecursiveComparison()
        .isEqualTo(Serialization.OF_THE_RUNTIME.event(name, SQSEvent.class));
  }

  @Test
  void theAnswerIsWrittenAsTheRuntimeWritesIt() {
    for (SQSBatchResponse answer :
        List.of(
            new SQSBatchResponse(List.of()),
            new SQSBatchResponse(List.of(new BatchItemFailure("1"), new BatchItemFailure("2"))))) {
      assertThat(Serialization.OF_THE_FUNCTION.json(answer))
          .isEqualTo(Serialization.OF_THE_RUNTIME.json(answer));
    }
  }
}
