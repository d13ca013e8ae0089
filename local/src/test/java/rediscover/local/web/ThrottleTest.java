package rediscover.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private long now = -1_000; // The clock of nanoTime starts anywhere.
  private final Throttle throttle = new Throttle(5, 20, () -> now);

  @Test
  void aBurstIsAdmittedAndNoMore() {
    assertThat(admitted(10)).isEqualTo(5);
  }

  @Test
  void afterABurstRequestsAreAdmittedAtTheRate() {
    admitted(5);

    now += TimeUnit.MILLISECONDS.toNanos(49);
    assertThat(admitted(5)).isZero();
    now += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(admitted(5)).isEqualTo(1);
    now += TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(admitted(5)).isEqualTo(2);
  }

  @Test
  void aLongPauseIsWorthOneBurst() {
    admitted(5);

    now += TimeUnit.HOURS.toNanos(1);

    assertThat(admitted(10)).isEqualTo(5);
  }

  @Test
  void aRefusedRequestCostsNothing() {
    admitted(1_000);

    now += TimeUnit.MILLISECONDS.toNanos(50);

    assertThat(admitted(1)).isEqualTo(1);
  }

  private long admitted(int requests) {
    return IntStream.range(0, requests).filter(i -> throttle.admits()).count();
  }
}
