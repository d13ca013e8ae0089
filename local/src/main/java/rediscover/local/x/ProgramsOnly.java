package rediscover.local.x;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import rediscover.local.http.ThisMachine;

/**
 * Refuses requests of web pages. Without it, any page could use WireMock's admin API to make a
 * proxy of the stub.
 *
 * @param name by which programs may ask for it, besides this machine's names
 */
record ProgramsOnly(String name) implements RequestFilterV2 {

  @Override
  public RequestFilterAction filter(Request request, ServeEvent event) {
    return ThisMachine.isAskedByAProgram(request::getHeader, name)
        ? RequestFilterAction.continueWith(request)
        : RequestFilterAction.stopWith(
            ResponseDefinitionBuilder.responseDefinition()
                .withStatus(ThisMachine.MISDIRECTED)
                .build());
  }

  @Override
  public boolean applyToAdmin() {
    return true;
  }

  @Override
  public boolean applyToStubs() {
    return true;
  }

  @Override
  public String getName() {
    return "programs-only";
  }
}
