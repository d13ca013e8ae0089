package rediscover.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import rediscover.local.http.Exchange;
import rediscover.local.http.LoopbackHttp;

/** A server on a free port of loopback that hands every request to what is being tested. */
public final class LoopbackServer implements AutoCloseable {

  private final LoopbackHttp server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();

  public LoopbackServer(Exchange.Handler handler) {
    try {
      server = LoopbackHttp.bind(0, line -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start(
        exchange -> {
          try {
            handler.handle(exchange);
          } catch (IOException | InterruptedException | RuntimeException e) {
            failures.add(e);
            throw e;
          }
        });
  }

  public URI address() {
    return server.address();
  }

  /** A request to this server. */
  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(address() + pathAndQuery));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    return send(request(pathAndQuery));
  }

  /** Asks for a path that no client would send as it is; the answer with its status line. */
  public String getRaw(String path) throws IOException {
    return Raw.send(address(), "GET", path);
  }

  /** What the handler threw. */
  public List<Exception> failures() {
    return failures;
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
  }
}
