package rediscover.likes.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends the requests of AWS clients through Java's own {@link HttpURLConnection}, each with its
 * body in one piece.
 *
 * <p>The SDK's own {@code url-connection-client} does the same, but streams the body. Java then
 * waits a millisecond before each POST on a kept connection, to see whether the service has closed
 * it, because it could not send a streamed body again (<a
 * href="https://github.com/openjdk/jdk/blob/jdk-25%2B36/src/java.base/share/classes/sun/net/www/http/HttpClient.java">{@code
 * HttpClient.available}</a>): a third of a warm call. A body that is held, Java sends again by
 * itself when the kept connection turns out to be closed. So a request may arrive twice, as with
 * every retry of the SDK.
 */
public final class BufferedHttpClient implements SdkHttpClient {
  /**
   * The most requests under way at once, each on a connection of its own. A request that waits
   * between two attempts takes none, so that a partition that throttles does not block the others.
   */
  public static final int CONNECTIONS = 32;

  /** An attempt that gets no answer in this time is made again. All services answer far sooner. */
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(1).toMillis();

  private static final int READ_MILLIS = (int) Duration.ofSeconds(3).toMillis();

  static {
    KeptConnections.configure();
  }

  private final Semaphore places;

  public BufferedHttpClient() {
    this(CONNECTIONS);
  }

  /** With another number of requests at once, for comparison. */
  public BufferedHttpClient(int connections) {
    places = new Semaphore(connections, true);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  /** Nothing to close: Java keeps the connections for the whole process. */
  @Override
  public void close() {}

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private volatile HttpURLConnection connection;

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      try {
        places.acquire();
      } catch (InterruptedException e) {
        // The SDK interrupts a call at its deadline.
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted before the request was sent");
      }
      try {
        connection = (HttpURLConnection) request.httpRequest().getUri().toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(request.httpRequest().method().name());
        request
            .httpRequest()
            .forEachHeader(
                (name, values) -> values.forEach(v -> connection.addRequestProperty(name, v)));
        if (request.contentStreamProvider().isPresent()) {
          send(request.contentStreamProvider().get());
        }
        return response(connection.getResponseCode());
      } finally {
        places.release();
      }
    }

    private void send(ContentStreamProvider content) throws IOException {
      connection.setDoOutput(true);
      try (InputStream body = content.newStream();
          OutputStream out = connection.getOutputStream()) {
        body.transferTo(out);
      }
    }

    private HttpExecuteResponse response(int status) throws IOException {
      SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(status);
      connection
          .getHeaderFields()
          .forEach(
              (name, values) -> {
                if (name != null) { // Java lists the status line under no name.
                  head.putHeader(name, values);
                }
              });
      HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder().response(head.build());
      InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      if (body != null) {
        answer.responseBody(AbortableInputStream.create(whole(body), connection::disconnect));
      }
      return answer.build();
    }

    /**
     * Read to its end, the body leaves its connection to the next request. Only what is fetched
     * with GET, an object of S3, has any size and is left to its reader.
     */
    private InputStream whole(InputStream body) throws IOException {
      if (request.httpRequest().method() == SdkHttpMethod.GET) {
        return body;
      }
      try (body) {
        return new ByteArrayInputStream(body.readAllBytes());
      }
    }

    @Override
    public void abort() {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }
}
