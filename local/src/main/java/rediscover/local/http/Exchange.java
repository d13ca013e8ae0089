package rediscover.local.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** A request and its response. Reading and writing block. */
public class Exchange {

  @FunctionalInterface
  public interface Handler {
    void handle(Exchange exchange) throws IOException, InterruptedException;
  }

  private final Request request;
  private final Response response;
  private final URI uri;
  private byte[] body;

  /**
   * @throws HttpException.RuntimeException if the request's target is no URI
   */
  Exchange(Request request, Response response) {
    this.request = request;
    this.response = response;
    try {
      this.uri = new URI("http://localhost" + request.getHttpURI().getPathQuery());
    } catch (URISyntaxException e) {
      throw new HttpException.RuntimeException(400, "The target is no URI", e);
    }
  }

  /** The same exchange, for a subclass that overrides a part of it. */
  protected Exchange(Exchange exchange) {
    this.request = exchange.request;
    this.response = exchange.response;
    this.uri = exchange.uri;
    this.body = exchange.body;
  }

  public String method() {
    return request.getMethod();
  }

  /** Path and query are the request's own; scheme and host mean nothing. */
  public URI uri() {
    return uri;
  }

  /** Path and query as they came. */
  public String target() {
    return request.getHttpURI().getPathQuery();
  }

  /** The query's parameters, decoded. */
  public Fields query() {
    return parameters(uri.getRawQuery());
  }

  /** Decodes what has the form of a query, or null for none. */
  public static Fields parameters(String encoded) {
    var parameters = new Fields(true); // Names that differ in case are different.
    if (encoded != null) {
      // What is not UTF-8 is for the reader to refuse.
      UrlEncoded.decodeUtf8To(encoded, 0, encoded.length(), parameters::add, true, true, true);
    }
    return parameters;
  }

  public String protocol() {
    return request.getConnectionMetaData().getProtocol();
  }

  public HttpFields headers() {
    return request.getHeaders();
  }

  /** The request's body, to be read once. */
  public InputStream input() {
    return body == null ? Content.Source.asInputStream(request) : new ByteArrayInputStream(body);
  }

  /** The request's whole body, which can be read again. */
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
   * Starts a response; each write is sent at once. Without the header Content-Length its length is
   * open.
   */
  public OutputStream open(int status) {
    response.setStatus(status);
    return Content.Sink.asOutputStream(response);
  }

  /** Closes the connection, in the middle of a response too. */
  public void hangUp() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
