package rediscover.randomlike;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** DynamoDB over HTTP, without items. It keeps its connections open until it is told to hang up. */
final class EmptyDynamoDb implements AutoCloseable {

  private static final String BODY = "{\"Count\":0,\"Items\":[]}";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=600\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(BODY.length(), BODY);

  private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  EmptyDynamoDb() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many there have been. */
  int connections() {
    return connections.size();
  }

  /** Ends all connections, and accepts new ones. */
  void hangUp() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void serve() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> answer(connection));
      }
    } catch (IOException closed) {
      // There are no more calls.
    }
  }

  private static void answer(Socket connection) {
    try (connection) {
      // A call of DynamoDB's is of ASCII alone: as many characters as bytes.
      var requests =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        int length = 0;
        for (; line != null && !line.isEmpty(); line = requests.readLine()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring("content-length:".length()).strip());
          }
        }
        requests.skip(length);
        connection.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      if (!connection.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    hangUp();
  }
}
