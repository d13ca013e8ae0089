package rediscover.local.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.MimeTypes;
import rediscover.local.http.Exchange;

/**
 * Serves the site's files, with the headers that its file {@code _headers} sets for every server.
 */
public final class Site {

  private final Path folder;
  private final Map<String, String> headers;

  /**
   * @throws IOException if the folder has no {@code _headers} that can be read
   */
  public Site(Path folder) throws IOException {
    this.folder = folder.toRealPath();
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
    if (!file.startsWith(folder) || !isFile(file)) {
      exchange.send(404);
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.answerHeaders().put("Allow", "GET, HEAD");
      exchange.send(405);
    } else {
      exchange.answerHeaders().put("Content-Type", type(file));
      exchange.answerHeaders().put("Cache-Control", "no-cache");
      exchange.send(200, Files.readAllBytes(file));
    }
  }

  private static String type(Path file) {
    String type = MimeTypes.DEFAULTS.getMimeByExtension(file.getFileName().toString());
    if (type == null) {
      return "application/octet-stream";
    }
    return type.startsWith("text/") ? type + "; charset=utf-8" : type;
  }

  /** The file of a path; it may be missing, or outside of the folder. */
  private Path file(String path) {
    try {
      Path file = folder.resolve(path.replaceFirst("^/", "")).normalize();
      return path.endsWith("/") ? file.resolve("index.html") : file;
    } catch (InvalidPathException e) {
      return folder; // No file has that name.
    }
  }

  /** Windows and macOS also find a.js by the name A.JS, other servers do not. */
  private static boolean isFile(Path file) throws IOException {
    return Files.isRegularFile(file) && file.toRealPath().toString().equals(file.toString());
  }
}
