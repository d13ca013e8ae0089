package rediscover.local.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rediscover.local.http.Exchange;

/**
 * Serves the files of the site, each with the headers that the site's file {@code _headers} asks of
 * every server.
 */
public final class Site {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "txt", "text/plain; charset=utf-8");

  private final Path folder;
  private final Map<String, String> headers;

  /**
   * @throws IOException if the folder has no {@code _headers} that can be read
   */
  public Site(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    this.headers = headers(Files.readAllLines(folder.resolve("_headers")));
  }

  /** Below the path that they are for, here always all, headers are indented. */
  private static Map<String, String> headers(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("  "))
        .map(line -> line.strip().split(": ", 2))
        .collect(Collectors.toMap(header -> header[0], header -> header[1]));
  }

  /** Answers with a file, or with 404. */
  public void handle(Exchange exchange) throws IOException {
    Path file = file(exchange.uri().getPath());
    String method = exchange.method();
    headers.forEach((name, value) -> exchange.answerHeaders().put(name, value));
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      exchange.send(404);
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.answerHeaders().put("Allow", "GET, HEAD");
      exchange.send(405);
    } else {
      byte[] content = Files.readAllBytes(file);
      String name = file.getFileName().toString();
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      exchange
          .answerHeaders()
          .put("Content-Type", type == null ? "application/octet-stream" : type);
      exchange.answerHeaders().put("Cache-Control", "no-cache");
      exchange.send(200, content);
    }
  }

  /** The file that a path is about; it may lie outside of the folder, or not be there. */
  private Path file(String path) {
    try {
      Path file = folder.resolve(path.replaceFirst("^/", "")).normalize();
      return path.endsWith("/") ? file.resolve("index.html") : file;
    } catch (InvalidPathException e) {
      return Path.of("/"); // No file system has a file of that name.
    }
  }
}
