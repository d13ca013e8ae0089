package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of docs/ with figures between markers. */
public final class Page {
  private final Path file;

  public Page(Path file) {
    this.file = file;
  }

  /** Replaces the text between the markers of that name. */
  public void put(String name, String text) throws IOException {
    Files.writeString(file, put(Files.readString(file), name, text));
  }

  /** The text between the markers of that name. */
  public String get(String name) throws IOException {
    String page = Files.readString(file);
    return page.substring(from(page, name), to(page, name)).strip();
  }

  static String put(String page, String name, String text) {
    return page.substring(0, from(page, name))
        + "\n"
        + text
        + "\n\n"
        + page.substring(to(page, name));
  }

  private static int from(String page, String name) {
    String start = "<!-- figures: " + name + " -->\n";
    int at = page.indexOf(start);
    if (at < 0 || to(page, name) < at) {
      throw new IllegalArgumentException("the page has no place for " + name);
    }
    return at + start.length();
  }

  private static int to(String page, String name) {
    return page.indexOf("<!-- end of " + name + " -->");
  }
}
