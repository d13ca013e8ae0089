package rediscover.likes.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
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
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
  private static final int READ_MILLIS = (int) Duration.ofSeconds(30).toMillis();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  /** Nothing to close: Java keeps the connections for the whole process. */
  @Override
  public void close() {}

  private static final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private volatile HttpURLConnection connection;

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
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
        answer.responseBody(AbortableInputStream.create(body, connection::disconnect));
      }
      return answer.build();
    }

    @Override
    public void abort() {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }
}
