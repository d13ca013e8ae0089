package rediscover.likes.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Does in threads of its own, while the function is being set up, what its first call would have to
 * wait for. Nobody waits for these threads: what they have not done in time is done by the call,
 * and what fails in them, Java writes into the log.
 */
public final class HeadStart {
  private static final int TIMEOUT_MILLIS = 2_000;

  private HeadStart() {}

  /** Runs something that would be done later anyway, so that its classes are loaded by then. */
  public static void of(Runnable work) {
    Thread.ofPlatform().daemon().name("head-start").start(work);
  }

  /**
   * Opens a connection, which stays open for the first call: Java's first TLS handshake is a third
   * of a cold start. It asks for the service's root page, which needs no permission.
   */
  static void connect(URI endpoint) {
    try {
      HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
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
