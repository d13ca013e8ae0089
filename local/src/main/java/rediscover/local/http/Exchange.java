package rediscover.local.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** A request and the answer to it. Reading and writing wait. */
public class Exchange {

  /** A handler of requests. */
  @FunctionalInterface
  public interface Handler {
    void handle(Exchange exchange) throws IOException, InterruptedException;
  }

  private final Request request;
  private final Response response;
  private final URI uri;
  private byte[] body;

  Exchange(Request request, Response response, URI uri) {
    this.request = request;
    this.response = response;
    this.uri = uri;
  }

  /** The same exchange, for whoever overrides a part of it. */
  protected Exchange(Exchange exchange) {
    this(exchange.request, exchange.response, exchange.uri);
    this.body = exchange.body;
  }

  public String method() {
    return request.getMethod();
  }

  /** Path and query are the request's own; the rest says nothing. */
  public URI uri() {
    return uri;
  }

  /** Path and query as they came. */
  public String target() {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  public String protocol() {
    return request.getConnectionMetaData().getProtocol();
  }

  /** The request's headers. */
  public HttpFields headers() {
    return request.getHeaders();
  }

  /**
   * The request's body, to be read once.
   *
   * @throws MalformedRequestException from its methods, if it is not as the headers say
   */
  public InputStream input() {
    return body == null ? new RequestBody(request) : new ByteArrayInputStream(body);
  }

  /**
   * The request's whole body, which can be read again.
   *
   * @throws MalformedRequestException if it is not as the headers say
   */
  public byte[] body() throws IOException {
    if (body == null) {
      body = input().readAllBytes();
    }
    return body;
  }

  /** The answer's headers, until it is sent. */
  public HttpFields.Mutable answerHeaders() {
    return response.getHeaders();
  }

  /** Answers without a body. */
  public void send(int status) throws IOException {
    send(status, new byte[0]);
  }

  /** Answers. A HEAD request gets the headers alone. */
  public void send(int status, byte[] body) throws IOException {
    answerHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    try (OutputStream output = open(status)) {
      output.write(body);
    }
  }

  /**
   * Answers with what will be written, each write at once. Without the header Content-Length it may
   * be of any length.
   */
  public OutputStream open(int status) {
    response.setStatus(status);
    return Content.Sink.asOutputStream(response);
  }

  /** Closes the connection in the middle of whatever is being said. */
  public void hangUp() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
