package rediscover.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import rediscover.bench.Application;
import rediscover.bench.Page;
import rediscover.permissions.template.Template;

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
    Template operations = CostPage.operations(HOME, "on");

    assertThat(CostPage.metrics(operations.resource("DeadLetterQueueAlarm"))).isOne();
    assertThat(CostPage.metrics(operations.resource("LossAlarm"))).isEqualTo(3);
  }

  @Test
  void thePageSaysHowManyMetricsTheAlarmsWatch() throws IOException {
    int withKey = CostPage.alarmMetrics(CostPage.operations(HOME, "on"));
    int withoutKey = CostPage.alarmMetrics(CostPage.operations(HOME, "off"));

    assertThat(Files.readString(HOME.resolve("docs/cost.md")))
        .contains("%d alarm metrics with the key and %d without".formatted(withKey, withoutKey));
  }

  @Test
  void theApplicationAloneHasNoAlarmAndNoDashboard() {
    Template application = Application.template(HOME);

    assertThat(application.ofType("AWS::CloudWatch::Alarm")).isEmpty();
    assertThat(application.ofType("AWS::CloudWatch::Dashboard")).isEmpty();
  }
}
