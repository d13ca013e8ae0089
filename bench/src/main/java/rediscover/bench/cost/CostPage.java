package rediscover.bench.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import rediscover.bench.Page;

/** Writes docs/cost.md's tables. */
public final class CostPage {
  private CostPage() {}

  /**
   * @param home the folder with template.yaml and docs/
   */
  public static void write(Path home) throws IOException {
    String template = Files.readString(home.resolve("template.yaml"));
    Page page = new Page(home.resolve("docs/cost.md"));
    page.put("month", months(template));
    page.put("prices", prices());
  }

  static String months(String template) {
    int alarms = count(template, "AWS::CloudWatch::Alarm");
    int dashboards = count(template, "AWS::CloudWatch::Dashboard");
    List<Month> months =
        List.of(
            new Month(10, 1, 5_000, 1, 5_000, 10, alarms, dashboards),
            new Month(10_000, 0.5, 5_000, 1, 5_000, 100, alarms, dashboards),
            new Month(10_000_000, 0.001, 5_000_000, 100, 500_000, 10_000, alarms, dashboards));
    List<String> rows = new ArrayList<>();
    rows.add(row("dollars a month", months, month -> month.shown(), "%,.0f likes shown"));
    rows.add("| --- | --- | --- | --- |");
    for (String service : services()) {
      rows.add(row(service, months, month -> month.listed(service), "%,.2f"));
    }
    rows.add(row("**at list prices**", months, Month::listed, "**%,.2f**"));
    rows.add(row("**with what is free for all**", months, Month::charged, "**%,.2f**"));
    rows.add(row("likes stored", months, Month::stored, "%,.0f"));
    rows.add(row("likes imported in the month", months, Month::imported, "%,.0f"));
    rows.add(row("messages to the topic", months, Month::published, "%,.0f"));
    rows.add(row("cold starts, of the likes shown", months, m -> 100 * m.cold(), "%.1f %%"));
    return String.join("\n", rows);
  }

  static String prices() {
    return Arrays.stream(Item.values())
        .map(
            item ->
                "| %s | %s | %s | %s |"
                    .formatted(item.service(), item.unit(), price(item), free(item)))
        .collect(
            Collectors.joining(
                "\n",
                "| service | unit | dollars | free each month |\n| --- | --- | --- | --- |\n",
                ""));
  }

  private static String price(Item item) {
    return item.dollars() > 0 && item.dollars() < 1e-5
        ? "%.3f a million".formatted(item.dollars() * 1e6)
        : "%s".formatted(item.dollars() == 0 ? "0" : Double.toString(item.dollars()));
  }

  private static String free(Item item) {
    return item.free() == 0 ? "" : "%,.0f".formatted(item.free());
  }

  private static List<String> services() {
    return Arrays.stream(Item.values()).map(Item::service).distinct().toList();
  }

  private static String row(
      String head, List<Month> months, ToDoubleFunction<Month> value, String format) {
    return months.stream()
        .map(month -> String.format(Locale.ROOT, format, value.applyAsDouble(month)))
        .collect(Collectors.joining(" | ", "| " + head + " | ", " |"));
  }

  private static int count(String template, String type) {
    return template.split("Type: " + type + "\\b", -1).length - 1;
  }
}
