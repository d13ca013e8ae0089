package rediscover.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rediscover.bench.Table;

class MonthTest {
  private static final Durations DURATIONS =
      new Durations(
          new Table(
              List.of("function", "memory MB", "cold GB-ms", "warm GB-ms"),
              List.of(
                  List.of("random-like, stored", "1024", "500", "2.00"),
                  List.of("key-checker", "512", "300", "1.00"),
                  List.of("topic-writer", "512", "300", "1.00"),
                  List.of("queue-writer", "2048", "1000", "100.00"),
                  List.of("archive-importer", "512", "400", "20.00"))));

  private static Map<Item, Double> units(Month month) {
    return month.units(DURATIONS, 5, 1);
  }

  @Test
  void aLikeShownIsARequestAnInvocationAndARead() {
    Map<Item, Double> units = units(new Month(1_000_000, 0, 0, 0, 0, 0, 0));

    assertThat(CostPage.listed(units, "HTTP API")).isEqualTo(1.00, within(1e-9));
    assertThat(units.get(Item.TABLE_READ)).isEqualTo(0.5e6);
    assertThat(units.get(Item.LAMBDA_REQUEST)).isEqualTo(1e6);
    // 2 ms and the table's 10 ms, at 1 GB.
    assertThat(units.get(Item.LAMBDA_TIME)).isEqualTo(12_000, within(1e-6));
  }

  @Test
  void aLikeImportedIsOneWriteAndAHundredthOfAMessage() {
    double idle = units(new Month(0, 0, 0, 0, 0, 0, 0)).get(Item.QUEUE_REQUEST);
    Map<Item, Double> units = units(new Month(0, 0, 0, 0, 10, 100_000, 0));

    assertThat(units.get(Item.TABLE_WRITE)).isEqualTo(1e5);
    assertThat(units.get(Item.QUEUE_REQUEST) - idle).isEqualTo(1_000 + 2 * 100);
    assertThat(units.get(Item.LAMBDA_REQUEST)).isEqualTo(100 + 10);
  }

  @Test
  void aColdStartCostsWhatWasMeasured() {
    double cold = units(new Month(1, 1, 0, 0, 0, 0, 0)).get(Item.LAMBDA_TIME);

    assertThat(cold).isEqualTo(0.500 + 2 * Durations.LATENCY, within(1e-9));
  }

  @Test
  void aKeyIsCheckedByAnInvocationOfItsOwn() {
    Map<Item, Double> units = units(new Month(0, 0, 1_000, 0, 0, 0, 0));

    assertThat(units.get(Item.LAMBDA_REQUEST)).isEqualTo(1_000);
    assertThat(units.get(Item.LAMBDA_TIME)).isEqualTo(1, within(1e-9));
  }

  @Test
  void anIdleStackCostsItsAlarmsItsDashboardAndThePollingOfItsQueue() {
    Map<Item, Double> idle = units(new Month(0, 0, 0, 0, 0, 0, 0));

    assertThat(CostPage.listed(idle)).isEqualTo(0.50 + 3 + 648_000 * 0.40e-6, within(1e-9));
    assertThat(CostPage.charged(idle)).isZero();
  }

  @Test
  void theSumOfTheServicesIsTheWhole() {
    Map<Item, Double> units = units(new Month(1_000_000, 0.1, 10, 1_000_000, 10, 100_000, 7));

    double sum =
        units.keySet().stream()
            .map(Item::service)
            .distinct()
            .mapToDouble(service -> CostPage.listed(units, service))
            .sum();

    assertThat(sum).isEqualTo(CostPage.listed(units), within(1e-9));
  }
}
