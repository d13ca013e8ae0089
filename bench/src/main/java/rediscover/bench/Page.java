package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of docs/ in which figures stand between markers, so that nobody copies them by hand. */
public final class Page {
  private final Path file;

  public Page(Path file) {
    this.file = file;
  }

  /** Puts {@code text} in the place of what stands between the markers of that name. */
  public void put(String name, String text) throws IOException {
    Files.writeString(file, put(Files.readString(file), name, text));
  }

  static String put(String page, String name, String text) {
    String start = "<!-- figures: " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    int from = page.indexOf(start);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("the page has no place for " + name);
    }
    return page.substring(0, from + start.length()) + "\n" + text + "\n\n" + page.substring(to);
  }
}
