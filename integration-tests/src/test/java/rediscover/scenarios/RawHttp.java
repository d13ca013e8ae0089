package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends bytes that no HTTP client would, one connection for each request. */
final class RawHttp {

  private static final int PATIENCE_MILLIS = 30_000;

  private final String host;
  private final int port;

  RawHttp(URI address) {
    this.host = address.getHost();
    this.port = address.getPort();
  }

  /** The answer, or nothing if the server hung up without one. */
  Optional<HttpAnswer> send(byte[] request) throws IOException {
    try (Socket connection = new Socket(host, port)) {
      connection.setSoTimeout(PATIENCE_MILLIS);
      var answer = new ByteArrayOutputStream();
      try {
        connection.getOutputStream().write(request);
        connection.shutdownOutput();
        InputStream input = connection.getInputStream();
        for (int next = input.read(); next >= 0; next = input.read()) {
          answer.write(next);
        }
      } catch (SocketException e) {
        // A server may hang up before the end of a request; what was answered before counts.
      }
      return answer.size() == 0 ? Optional.empty() : Optional.of(parse(answer.toByteArray()));
    }
  }

  private static HttpAnswer parse(byte[] bytes) {
    String[] parts = new String(bytes, ISO_8859_1).split("\r\n\r\n", 2);
    String[] lines = parts[0].split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(":\\s*", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    String body = parts.length == 2 ? new String(parts[1].getBytes(ISO_8859_1), UTF_8) : "";
    return new HttpAnswer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
  }
}
