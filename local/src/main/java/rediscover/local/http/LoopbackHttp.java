package rediscover.local.http;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on loopback: Jetty, with a virtual thread for each request. It answers only
 * requests to this machine's names.
 */
public final class LoopbackHttp implements AutoCloseable {

  /** More than anything that is sent here: addresses of 10,000 letters, session tokens. */
  private static final int HEADER_BYTES = 64 * 1024;

  /** One thread takes connections and sees what arrives, one more hands it over. */
  private static final int THREADS = 4;

  private final Server server;
  private final ServerConnector connector;
  private final Consumer<String> log;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();

  private LoopbackHttp(Server server, ServerConnector connector, Consumer<String> log) {
    this.server = server;
    this.connector = connector;
    this.log = log;
  }

  /**
   * Takes a port. Clients that connect wait until {@link #start}.
   *
   * @param port 0 for a free one
   * @throws IOException if the port cannot be taken
   */
  public static LoopbackHttp bind(int port, Consumer<String> log) throws IOException {
    var server = new Server(new QueuedThreadPool(THREADS, 1));
    // A status is enough, and an unknown version of HTTP is the client's mistake.
    server.setErrorHandler(
        (request, response, callback) -> {
          if (response.getStatus() == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
            response.setStatus(HttpStatus.BAD_REQUEST_400);
          }
          callback.succeeded();
          return true;
        });
    var connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      // Jetty's message has the address, its cause the reason.
      throw e.getCause() instanceof BindException why ? why : e;
    }
    return new LoopbackHttp(server, connector, log);
  }

  private static HttpConfiguration configuration() {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // Or else "bearer x" is read as "Bearer x" if that came before.
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setRequestHeaderSize(HEADER_BYTES);
    configuration.setResponseHeaderSize(HEADER_BYTES);
    // Nothing here maps paths; handlers see odd ones as they are.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setHttpCompliance(
        HttpCompliance.RFC9110.with("REDISCOVER", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
    return configuration;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  public void start(Exchange.Handler handler) {
    server.setHandler(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            // A slow handler is not idle; a client that does not read or write is.
            request.addIdleTimeoutListener(timeout -> false);
            handlers.execute(() -> answer(handler, request, response, callback));
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
  }

  private void answer(
      Exchange.Handler handler, Request request, Response response, Callback callback) {
    try {
      if (!ThisMachine.isNamedBy(request.getHeaders().get(HttpHeader.HOST))) {
        response.setStatus(ThisMachine.MISDIRECTED);
      } else {
        handler.handle(new Exchange(request, response));
      }
      callback.succeeded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (Throwable e) {
      // A library that reads the request may wrap Jetty's failure, which has the status.
      Throwable failure =
          Throwables.getCausalChain(e).stream()
              .filter(HttpException.class::isInstance)
              .findFirst()
              .orElse(e);
      // A client that has gone, or whose body is not as its headers say, is not a failure of this
      // server, nor is what its close() ended.
      if (!(failure instanceof QuietException) && !handlers.isShutdown()) {
        log.accept(
            request.getMethod() + " " + request.getHttpURI().getPathQuery() + " failed: " + e);
      }
      callback.failed(failure);
    }
  }

  /** Ends what is being answered, too. */
  @Override
  public void close() {
    handlers.shutdownNow();
    connector.close();
    // Jetty's stop() may wait forever for an answer whose client leaves meanwhile (12.1.12,
    // HttpConnection's cancelSend). So what is being written must fail before it.
    connector.getConnectedEndPoints().forEach(EndPoint::close);
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }
}
