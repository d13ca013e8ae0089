package rediscover.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends headers that no client of Java's would. */
public final class Raw {

  private Raw() {}

  /**
   * Sends a request without a body.
   *
   * @param headers such as {@code Host: evil.example}; without Host the server's own is sent
   * @return the answer with its status line
   */
  public static String send(URI server, String method, String path, String... headers)
      throws IOException {
    String all = Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining());
    String host = all.contains("Host:") ? "" : "Host: " + server.getAuthority() + "\r\n";
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\n%s%sContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(method, path, host, all)
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
