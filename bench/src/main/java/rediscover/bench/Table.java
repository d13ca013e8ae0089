package rediscover.bench;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Figures as a Markdown table.
 *
 * @param columns their heads
 * @param rows as many cells each as there are columns
 */
public record Table(List<String> columns, List<List<String>> rows) {

  /** Reads back what {@link #toString} wrote. */
  public static Table parse(String markdown) {
    List<List<String>> lines =
        markdown
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
            .toList();
    return new Table(lines.getFirst(), lines.subList(2, lines.size()));
  }

  /** What is in the row that begins with {@code row}, below that head. */
  public String cell(String row, String column) {
    return rows.stream()
        .filter(cells -> cells.getFirst().equals(row))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the table has no row " + row))
        .get(columns.indexOf(column));
  }

  @Override
  public String toString() {
    String rule = columns.stream().map(_ -> "---").collect(Collectors.joining(" | ", "| ", " |"));
    String body = rows.stream().map(Table::row).collect(Collectors.joining("\n"));
    return String.join("\n", row(columns), rule, body);
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
