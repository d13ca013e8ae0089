package rediscover.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MonthTest {
  private static final Month MILLION = new Month(1_000_000, 0, 1_000_000, 10, 100_000, 0, 5, 1);

  @Test
  void aLikeShownIsARequestAnInvocationAndARead() {
    assertThat(MILLION.listed("HTTP API")).isEqualTo(1.00, within(1e-9));
    assertThat(MILLION.units().get(Item.TABLE_READ)).isEqualTo(1e6);
    assertThat(MILLION.units().get(Item.LAMBDA_REQUEST)).isEqualTo(1e6 + 100 + 10);
  }

  @Test
  void aLikeImportedIsOneWriteAndAHundredthOfAMessage() {
    double idle = new Month(0, 0, 0, 0, 0, 0, 0, 0).units().get(Item.QUEUE_REQUEST);
    assertThat(MILLION.units().get(Item.TABLE_WRITE)).isEqualTo(1e5);
    assertThat(MILLION.units().get(Item.QUEUE_REQUEST) - idle).isEqualTo(1_000 + 2 * 100);
  }

  @Test
  void coldStartsCostTime() {
    Month cold = new Month(1_000_000, 1, 0, 0, 0, 0, 0, 0);
    Month warm = new Month(1_000_000, 0, 0, 0, 0, 0, 0, 0);
    assertThat(cold.listed("Lambda") - warm.listed("Lambda"))
        .isEqualTo(1_000_000 * 0.5 * 3 * 0.0000166667, within(1e-6));
  }

  @Test
  void anIdleStackCostsItsAlarmsAndThePollingOfItsQueue() {
    Month idle = new Month(0, 0, 0, 0, 0, 0, 5, 0);
    assertThat(idle.listed()).isEqualTo(0.50 + 648_000 * 0.40e-6, within(1e-9));
    assertThat(idle.charged()).isZero();
  }

  @Test
  void theSumOfTheServicesIsTheWhole() {
    double sum = 0;
    for (String service :
        new String[] {
          "HTTP API", "Lambda", "DynamoDB", "SQS", "SNS", "S3", "SSM", "CloudWatch", "Data transfer"
        }) {
      sum += MILLION.listed(service);
    }
    assertThat(sum).isEqualTo(MILLION.listed(), within(1e-9));
  }
}
