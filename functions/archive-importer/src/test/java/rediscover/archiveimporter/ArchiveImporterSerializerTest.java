package rediscover.archiveimporter;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.event.Serialization;

class ArchiveImporterSerializerTest {
  @ParameterizedTest
  @ValueSource(strings = {"s3-archive.json", "s3-bad-key.json", "s3-every-field.json"})
  void theEventIsReadAsTheRuntimeReadsIt(String name) {
    assertThat(Serialization.OF_THE_FUNCTION.event(name, S3Event.class))
        .usingRecursiveComparison()
        .ignoringFields("records.eventTime")
        .isEqualTo(Serialization.OF_THE_RUNTIME.event(name, S3Event.class));
  }
}
