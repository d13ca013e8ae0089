package rediscover.support.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.RecordingContext;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

class DeadlineTest {
  @Test
  void anInvocationsDeadlineLeavesTimeToAnswer() {
    assertThat(Deadline.of(new RecordingContext(30_000)).remaining())
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofSeconds(30).minus(Deadline.RESERVE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2_000})
  void anInvocationThatIsAllButOverMakesNoCalls(int remainingMillis) {
    Deadline passed = Deadline.of(new RecordingContext(remainingMillis));
    assertThatExceptionOfType(ApiCallTimeoutException.class)
        .isThrownBy(passed::remaining)
        .withMessage("The invocation has no time left");
    assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(passed::forCall);
  }

  @Test
  void theSoonerOfTwoDeadlinesCounts() {
    Deadline minute = Deadline.in(Duration.ofMinutes(1));
    assertThat(minute.within(Duration.ofSeconds(1)).remaining())
        .isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(minute.within(Duration.ofHours(1))).isSameAs(minute);
  }

  @Test
  void aCallGetsTheTimeThatIsLeft() {
    assertThat(Deadline.in(Duration.ofSeconds(9)).forCall().apiCallTimeout().orElseThrow())
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofSeconds(9));
  }
}
