package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  /** As S3's eventTime and SNS's Timestamp are documented. */
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
    "2026-11-24T23:59:59.1Z, 2026-11-24T23:59:59.100Z",
    "2026-11-24T23:59:59.123456789Z, 2026-11-24T23:59:59.123Z"
  })
  void aTimeHasThreeDigitsOfASecond(Instant time, String text) {
    assertThat(Times.millis(time)).isEqualTo(text);
  }
}
