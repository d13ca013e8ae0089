package rediscover.permissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rediscover.permissions.DeveloperAccessTable.Person;
import rediscover.permissions.DeveloperAccessTable.Row;

/** Generates the table of docs/developer-access.md from the table of the tests. */
final class DeveloperAccessPage {

  private static final String BEGIN = "<!-- The table is generated: DeveloperAccessTable. -->\n\n";
  private static final String END = "\n<!-- End of the table. -->\n";

  private DeveloperAccessPage() {}

  /**
   * Writes the table into the page.
   *
   * @param arguments the page
   */
  public static void main(String[] arguments) throws IOException {
    Path page = Path.of(arguments[0]);
    Files.writeString(page, withTable(Files.readString(page)));
  }

  /** The page with the current table. The text around it stays the same. */
  static String withTable(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("The page has no comments around the table");
    }
    return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
  }

  private static String table() {
    List<String> titles = new ArrayList<>(List.of("action", "tags in the request", "function"));
    Arrays.stream(Person.values()).map(person -> person.title).forEach(titles::add);
    StringBuilder table = new StringBuilder(line(titles));
    table.append("|").append(" --- |".repeat(titles.size())).append("\n");
    for (Row row : DeveloperAccessTable.rows()) {
      List<String> cells = new ArrayList<>(List.of("`" + row.action() + "`", row.tags(), row.on()));
      row.allowed().stream().map(allowed -> allowed ? "**yes**" : "no").forEach(cells::add);
      table.append(line(cells));
    }
    return table.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
