package rediscover.bench;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Figures, as Markdown has them.
 *
 * @param id the name between the markers of the page that they go to
 * @param columns their heads
 * @param rows as many cells each as there are columns
 * @param note what one has to know to read them
 */
record Table(String id, List<String> columns, List<List<String>> rows, String note) {

  String markdown() {
    String rule = columns.stream().map(_ -> "---").collect(Collectors.joining(" | ", "| ", " |"));
    String body = rows.stream().map(Table::row).collect(Collectors.joining("\n"));
    return String.join("\n", row(columns), rule, body, "", note);
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
