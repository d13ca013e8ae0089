package rediscover.support.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private record Record(String content) {}

  @Test
  void theRecordsOfTheServiceAreTaken() {
    List<Record> records = List.of(new Record("a"), new Record("b"));
    assertThat(Records.from("SQS", records, Record::content)).isEqualTo(records);
    assertThat(Records.from("SQS", List.<Record>of(), Record::content)).isEmpty();
  }

  @Test
  void anEventFromElsewhereIsNamedAsSuch() {
    List<Record> foreign = Arrays.asList(new Record("a"), new Record(null));
    List<Record> missing = Arrays.asList(new Record("a"), null);
    for (List<Record> records : Arrays.asList(null, foreign, missing)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Records.from("SQS", records, Record::content))
          .withMessage("This event is not from SQS");
    }
  }
}
