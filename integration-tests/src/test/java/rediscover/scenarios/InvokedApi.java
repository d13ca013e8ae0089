package rediscover.scenarios;

import java.io.IOException;
import java.net.URI;
import rediscover.local.http.LoopbackHttp;
import rediscover.local.web.HttpApi;

/**
 * API Gateway's part where there is none: the embedded run's own HTTP API, which makes the events
 * of payload format 2.0, in front of a function that runs elsewhere.
 */
final class InvokedApi implements AutoCloseable {

  private final LoopbackHttp server;

  InvokedApi(HttpApi api) throws IOException {
    server = LoopbackHttp.bind(0, System.err::println);
    server.start(api::handle);
  }

  URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
