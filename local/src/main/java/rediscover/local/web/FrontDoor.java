package rediscover.local.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import rediscover.local.StartException;
import rediscover.local.aws.Gateway;

/**
 * The one address of the embedded run, on loopback: a signed request is for AWS, a route of the API
 * is for its function, and everything else is the site.
 */
public final class FrontDoor implements AutoCloseable {

  /** Names that nobody can point elsewhere; below localhost a client may put a bucket's name. */
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(127\\.0\\.0\\.1|\\[::1]|([a-z0-9.-]+\\.)?localhost)(:\\d+)?");

  private static final int MISDIRECTED = 421;

  private final HttpServer server;
  private volatile Gateway gateway;
  private volatile List<HttpApi> apis;
  private volatile LivePermissions permissions;
  private volatile Site site;
  private final Consumer<String> log;

  private FrontDoor(HttpServer server, Consumer<String> log) {
    this.server = server;
    this.log = log;
  }

  /**
   * Takes the port, so that a taken one is known before anything else is started.
   *
   * @throws StartException if the port is taken
   */
  public static FrontDoor bind(int port, Consumer<String> log) throws IOException {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return new FrontDoor(HttpServer.create(address, 0), log);
    } catch (BindException e) {
      throw new StartException(
          "port " + port + " is taken; choose another one with -Dlocal.port=", e);
    }
  }

  /** Where everything is found. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Opens: from here on requests are answered. */
  public void open(Gateway gateway, List<HttpApi> apis, LivePermissions permissions, Site site) {
    this.gateway = gateway;
    this.apis = apis;
    this.permissions = permissions;
    this.site = site;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      dispatch(exchange);
    } catch (IOException | RuntimeException e) {
      log.accept(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " failed: " + e);
      boolean nothingSent = exchange.getResponseCode() == -1;
      if (nothingSent) {
        exchange.sendResponseHeaders(500, -1);
      }
    }
  }

  private void dispatch(HttpExchange exchange) throws IOException, InterruptedException {
    if (!isForThisMachine(exchange)) {
      exchange.sendResponseHeaders(MISDIRECTED, -1);
      return;
    }
    if (Gateway.isSigned(exchange)) {
      gateway.handle(exchange);
      return;
    }
    String path = exchange.getRequestURI().getRawPath();
    if (LivePermissions.serves(path)) {
      permissions.handle(exchange);
      return;
    }
    for (HttpApi api : apis) {
      if (api.serves(path)) {
        api.handle(exchange);
        return;
      }
    }
    site.handle(exchange);
  }

  /**
   * A page whose name its owner points to 127.0.0.1 is of the same origin as everything here, and
   * could do all that the site and a developer can. Its requests still carry its name.
   */
  private static boolean isForThisMachine(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && THIS_MACHINE.matcher(host).matches();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
