package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.scenarios.Needs.Tool;

/**
 * Measures when a page is first seen on a phone, with a processor four times as slow as this one.
 * It depends on the machine, so nothing runs it but {@code -Dit.test=FirstPaint}.
 */
@Needs(Tool.BROWSER)
class FirstPaint {

  private static final int RUNS = 5;

  @AutoClose static PlainServer server;
  @AutoClose static Chromium chromium;

  @BeforeAll
  static void start() {
    server = PlainServer.start();
    chromium = Chromium.start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/permissions.html", "/permissions.html?accounts=2"})
  void isWithinASecond(String address) {
    List<Double> paints = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      try (Visitor visitor =
          chromium.visitor(
              server.address(), likes -> likes.setViewportSize(360, 740).setIsMobile(true))) {
        CDPSession session = visitor.page().context().newCDPSession(visitor.page());
        JsonObject rate = new JsonObject();
        rate.addProperty("rate", 4);
        session.send("Emulation.setCPUThrottlingRate", rate);
        visitor.open(address);
        Object paint =
            visitor
                .page()
                .waitForFunction(
                    "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
                .jsonValue();
        paints.add(((Number) paint).doubleValue());
      }
    }
    paints.sort(null);
    double median = paints.get(RUNS / 2);
    System.out.printf(
        "%s: first seen after %.0f ms, the median of %d (%.0f to %.0f)%n",
        address, median, RUNS, paints.getFirst(), paints.getLast());
    assertThat(median).isLessThan(1000);
  }
}
