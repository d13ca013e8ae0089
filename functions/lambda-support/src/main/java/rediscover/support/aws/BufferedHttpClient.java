package rediscover.support.aws;

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
 * Sends the requests of AWS clients through Java's {@link HttpURLConnection} and buffers each body.
 *
 * <p>The SDK's {@code url-connection-client} does the same, but streams the body. Java cannot
 * repeat a streamed body. So it waits a millisecond before each POST on a kept connection, to see
 * whether the service has closed it (<a
 * href="https://github.com/openjdk/jdk/blob/jdk-25%2B36/src/java.base/share/classes/sun/net/www/http/HttpClient.java">{@code
 * HttpClient.available}</a>): a third of a warm call. Java repeats a buffered body itself if the
 * service has closed the connection. So a request may arrive twice, as with every retry of the SDK.
 */
public final class BufferedHttpClient implements SdkHttpClient {
  /**
   * The maximum of concurrent requests, each on its own connection. A call that waits between two
   * attempts holds no connection, so a throttled partition does not block the others.
   */
  public static final int CONNECTIONS = 32;

  /** After these times the SDK starts another attempt. All services answer much sooner. */
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(1).toMillis();

  private static final int READ_MILLIS = (int) Duration.ofSeconds(3).toMillis();

  /**
   * By default Java closes a connection after five idle seconds, and a visitor reads for longer.
   * DynamoDB closes it after a minute (<a href="https://github.com/aws/aws-sdk-java/issues/1365">as
   * observed</a>; AWS does not document it). If a service closed it earlier, Java repeats the
   * request on a new connection.
   */
  private static final int IDLE_SECONDS = 55;

  /**
   * Java reads these <a
   * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">
   * networking properties</a> at the first call of the process.
   */
  static {
    System.setProperty("http.keepAlive.time.server", Integer.toString(IDLE_SECONDS));
    // The default is five: most calls of a larger batch would open a new connection each time.
    System.setProperty("http.maxConnections", Integer.toString(CONNECTIONS));
  }

  private final Semaphore places;

  public BufferedHttpClient() {
    this(CONNECTIONS);
  }

  /** With another maximum of concurrent requests, for comparison. */
  public BufferedHttpClient(int connections) {
    places = new Semaphore(connections, true);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  /** Nothing to close: Java keeps the connections for the lifetime of the process. */
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
                if (name != null) { // Java lists the status line under null.
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
     * Reads the body to its end, which frees the connection for the next request. Only an object of
     * S3, fetched by GET, can be large: its reader streams it.
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
