package rediscover.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import rediscover.bench.Application;
import rediscover.bench.Page;

class CostPageTest {
  private static final Path HOME = Path.of("..");

  @Test
  void thePageIsThatOfTheTemplateAndOfTheFiguresMeasured() throws IOException {
    Page page = new Page(HOME.resolve("docs/cost.md"));

    assertThat(page.get("month")).isEqualTo(CostPage.months(HOME).toString());
    assertThat(page.get("prices")).isEqualTo(CostPage.prices().toString());
  }

  @Test
  void anAlarmOnASumCountsAsManyTimesAsTheSumHasMetrics() {
    var template = Application.template(HOME);

    assertThat(CostPage.metrics(template.resource("DeadLetterQueueAlarm"))).isOne();
    assertThat(CostPage.metrics(template.resource("LossAlarm"))).isEqualTo(3);
  }
}
