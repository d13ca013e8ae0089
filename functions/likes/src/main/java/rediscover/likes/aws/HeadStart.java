package rediscover.likes.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Opens a connection while the function is being set up, which stays open for the first call:
 * Java's first TLS handshake is a third of a cold start. Nobody waits for the thread it does it in:
 * what it has not done in time is done by the call, and what fails, Java writes into the log.
 */
final class HeadStart {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private HeadStart() {}

  static void to(URI endpoint) {
    Thread.ofPlatform().daemon().name("head-start").start(() -> connect(endpoint, TIMEOUT));
  }

  /** Asks for the service's root page, which needs no permission. */
  static void connect(URI endpoint, Duration timeout) {
    try {
      HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      connection.setInstanceFollowRedirects(false);
      boolean error = connection.getResponseCode() >= 400;
      try (InputStream body = error ? connection.getErrorStream() : connection.getInputStream()) {
        if (body != null) {
          body.readAllBytes();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("No connection ahead of the first call", e);
    }
  }
}
