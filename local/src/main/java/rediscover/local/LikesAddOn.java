package rediscover.local;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import rediscover.local.x.XStub;

/** What Rediscover adds to the embedded run: X, its credentials, and the sample likes. */
public final class LikesAddOn implements AddOn {

  private XStub x;

  @Override
  public void start(Console console) {
    x = console.start("X API", "WireMock, for v2 and v1.1", XStub::start);
  }

  @Override
  public Map<String, String> templateParameters(URI address) {
    return Map.of("XApiUrl", x.address().toString(), "SiteOrigin", address.toString());
  }

  @Override
  public Map<String, String> ssmParameters(Map<String, String> templateParameters) {
    // Any four parts do: the stub only checks that a request is signed.
    return Map.of(templateParameters.get("TwitterAuthParam"), "key,secret,token,secret");
  }

  @Override
  public void ready(Console console, EmbeddedRun.Started started)
      throws IOException, InterruptedException {
    new Welcome(console, started).print();
    new Sample(console, started).importOnce();
  }

  @Override
  public void close() {
    x.close();
  }
}
