package rediscover.local.web;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import rediscover.local.StartException;
import rediscover.local.aws.Gateway;
import rediscover.local.http.Exchange;
import rediscover.local.http.LoopbackHttp;

/**
 * The one address of the embedded run, on loopback. A signed request goes to the AWS services, a
 * route of the API to its function, and everything else to the site.
 */
public final class FrontDoor implements AutoCloseable {

  private final LoopbackHttp server;

  private FrontDoor(LoopbackHttp server) {
    this.server = server;
  }

  /**
   * Takes the port, so that a taken one is known before anything else is started.
   *
   * @throws StartException if the port is taken, or only root may take it
   */
  public static FrontDoor bind(int port, Consumer<String> log) throws IOException {
    try {
      return new FrontDoor(LoopbackHttp.bind(port, log));
    } catch (BindException e) {
      throw new StartException(
          "port %d cannot be taken: %s; choose another one with -Dlocal.port="
              .formatted(port, e.getMessage()),
          e);
    }
  }

  public URI address() {
    return server.address();
  }

  /** Opens: from here on requests are answered. */
  public void open(Gateway gateway, List<HttpApi> apis, LivePermissions permissions, Site site) {
    server.start(
        exchange -> {
          String path = exchange.uri().getRawPath();
          if (Gateway.isSigned(exchange)) {
            gateway.handle(exchange);
          } else if (LivePermissions.serves(path)) {
            permissions.handle(exchange);
          } else {
            apis.stream()
                .filter(api -> api.serves(path))
                .findFirst()
                .<Exchange.Handler>map(api -> api::handle)
                .orElse(site::handle)
                .handle(exchange);
          }
        });
  }

  @Override
  public void close() {
    server.close();
  }
}
