package rediscover.bench.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import rediscover.bench.Application;
import rediscover.bench.Page;
import rediscover.bench.Table;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Writes docs/cost.md's tables from docs/performance.md's and the templates. */
public final class CostPage {
  static final List<Month> MONTHS =
      List.of(
          new Month(10, 1, 10, 5_000, 1, 5_000, 10),
          new Month(10_000, 0.5, 1_000, 5_000, 1, 5_000, 100),
          new Month(10_000_000, 0.001, 1_000_000, 5_000_000, 100, 500_000, 10_000));

  private CostPage() {}

  /**
   * @param home the folder with template.yaml, templates/ and docs/
   */
  public static void write(Path home) throws IOException {
    Page page = new Page(home.resolve("docs/cost.md"));
    page.put("month", months(home).toString());
    page.put("prices", prices().toString());
  }

  static Table months(Path home) throws IOException {
    Page performance = new Page(home.resolve("docs/performance.md"));
    Durations durations = new Durations(Table.parse(performance.get("chosen")));
    Template operations = operations(home, "on");
    int alarms = alarmMetrics(operations);
    int dashboards = (int) operations.ofType("AWS::CloudWatch::Dashboard").count();
    List<Map<Item, Double>> units =
        MONTHS.stream().map(month -> month.units(durations, alarms, dashboards)).toList();
    List<List<String>> rows = new ArrayList<>();
    for (String service : services()) {
      rows.add(row(service, units, of -> listed(of, service), "%,.2f"));
    }
    rows.add(row("**at list prices**", units, CostPage::listed, "**%,.2f**"));
    rows.add(row("**with what is always free**", units, CostPage::charged, "**%,.2f**"));
    rows.add(row("saved by arm64, at list prices", units, CostPage::savedByArm64, "%,.2f"));
    rows.add(row("saved without the operations stack", units, CostPage::costOfOperations, "%,.2f"));
    rows.add(row("likes stored", MONTHS, Month::stored, "%,.0f"));
    rows.add(row("likes imported in the month", MONTHS, Month::imported, "%,.0f"));
    rows.add(row("messages to the topic", MONTHS, Month::published, "%,.0f"));
    rows.add(row("invocations of key-checker", MONTHS, Month::checked, "%,.0f"));
    rows.add(row("cold starts, of the likes shown", MONTHS, m -> 100 * m.cold(), "%.1f %%"));
    return new Table(row("dollars a month", MONTHS, Month::shown, "%,.0f likes shown"), rows);
  }

  static Table prices() {
    return new Table(
        List.of("service", "unit", "dollars", "free each month"),
        Arrays.stream(Item.values()).map(Item::row).toList());
  }

  static double listed(Map<Item, Double> units) {
    return units.entrySet().stream().mapToDouble(of -> of.getKey().listed(of.getValue())).sum();
  }

  static double listed(Map<Item, Double> units, String service) {
    return units.entrySet().stream()
        .filter(of -> of.getKey().service().equals(service))
        .mapToDouble(of -> of.getKey().listed(of.getValue()))
        .sum();
  }

  static double charged(Map<Item, Double> units) {
    return units.entrySet().stream().mapToDouble(of -> of.getKey().charged(of.getValue())).sum();
  }

  private static double savedByArm64(Map<Item, Double> units) {
    double time = units.get(Item.LAMBDA_TIME);
    return Item.LAMBDA_TIME.listed(time) - Item.LAMBDA_TIME_ARM64.listed(time);
  }

  private static double costOfOperations(Map<Item, Double> units) {
    return Stream.of(Item.ALARM, Item.DASHBOARD)
        .mapToDouble(item -> item.listed(units.get(item)))
        .sum();
  }

  /**
   * The stack with the alarms and the dashboard.
   *
   * @param keyChecker whether it watches key-checker, {@code on} or {@code off}
   */
  static Template operations(Path home, String keyChecker) {
    return Template.read(
        home.resolve("templates/operations.yaml"),
        Deployment.onAws("rediscover-operations", "us-east-1", "123456789012"),
        Map.of("KeyChecker", keyChecker),
        Application.template(home).exports());
  }

  static int alarmMetrics(Template operations) {
    return operations.ofType("AWS::CloudWatch::Alarm").mapToInt(CostPage::metrics).sum();
  }

  /** CloudWatch charges for an alarm on a sum as for one on each of its metrics. */
  static int metrics(Resource alarm) {
    Properties properties = alarm.properties();
    return properties.has("Metrics")
        ? (int) properties.objects("Metrics").stream().filter(one -> one.has("MetricStat")).count()
        : 1;
  }

  private static List<String> services() {
    return Arrays.stream(Item.values()).map(Item::service).distinct().toList();
  }

  private static <T> List<String> row(
      String head, List<T> months, ToDoubleFunction<T> value, String format) {
    List<String> row = new ArrayList<>();
    row.add(head);
    months.forEach(
        month -> row.add(String.format(Locale.ROOT, format, value.applyAsDouble(month))));
    return row;
  }
}
