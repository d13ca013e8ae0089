package rediscover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void aTableIsReadBackAsItWasWritten() {
    Table table = new Table(List.of("a", "b"), List.of(List.of("1", "x y"), List.of("2", "")));

    Table read = Table.parse(table.toString());

    assertThat(read).isEqualTo(table);
    assertThat(read.cell("1", "b")).isEqualTo("x y");
  }

  @Test
  void timesAreGivenWithTheirSpread() {
    Spread spread = Spread.of(List.of(3_000_000L, 1_000_000L, 2_000_000L, 120_000_000L));

    assertThat(spread.millis()).isEqualTo("2.0 (1.0–120)");
    assertThat(spread.seconds()).isEqualTo("0.00 (0.00–0.12)");
  }

  @Test
  void aDifferenceThatIsSmallerThanTheSpreadIsNone() {
    Spread fast = Spread.of(List.of(1L, 2L, 3L));

    assertThat(fast.partOf(Spread.of(List.of(3L, 4L, 5L)))).isEqualTo("no difference seen");
    assertThat(fast.partOf(Spread.of(List.of(4L, 8L, 9L)))).isEqualTo("0.25");
  }
}
