package rediscover.support.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers HTTP on loopback, and closes its connections when it is told to, as services do. */
final class ClosingServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  ClosingServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many connections there have been. */
  int connections() {
    return connections.size();
  }

  /**
   * Closes every connection.
   *
   * @param reset whether without goodbye, as a device on the way does that has forgotten it
   */
  void hangUp(boolean reset) throws IOException {
    for (Socket connection : connections) {
      if (reset && !connection.isClosed()) {
        connection.setSoLinger(true, 0);
      }
      connection.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
      for (String first = in.readLine(); first != null; first = in.readLine()) {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          if (line.startsWith("Content-Length: ")) {
            length = Integer.parseInt(line.substring("Content-Length: ".length()));
          }
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        connection
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
      }
    } catch (IOException hungUp) {
      // By either side.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      hangUp(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
