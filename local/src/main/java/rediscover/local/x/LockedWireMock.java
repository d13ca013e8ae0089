package rediscover.local.x;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import java.io.IOException;
import rediscover.local.http.ThisMachine;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.Handler;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * WireMock's server, which answers programs only. WireMock's own filter allows pages of every
 * origin before any extension is asked, and with the admin API a page could make a proxy of the
 * stub.
 */
final class LockedWireMock extends Jetty11HttpServer {

  private final String name;

  /**
   * @param name by which programs may ask for it, besides this machine's names
   */
  LockedWireMock(
      String name, Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
    this.name = name; // It is wanted while the server is made.
    super(options, admin, stubs);
  }

  @Override
  protected Handler createHandler(
      Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
    var locked =
        new HandlerWrapper() {
          @Override
          public void handle(
              String target,
              Request jettyRequest,
              HttpServletRequest request,
              HttpServletResponse response)
              throws IOException, ServletException {
            if (ThisMachine.isAskedByAProgram(request::getHeader, name)) {
              super.handle(target, jettyRequest, request, response);
            } else {
              response.setStatus(ThisMachine.MISDIRECTED);
              jettyRequest.setHandled(true);
            }
          }
        };
    locked.setHandler(super.createHandler(options, admin, stubs));
    return locked;
  }
}
