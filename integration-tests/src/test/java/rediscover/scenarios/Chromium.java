package rediscover.scenarios;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The browser that is installed here: the system's, or else Playwright's own. */
final class Chromium implements AutoCloseable {

  /** Why a request that would leave this machine fails. */
  static final String IS_ELSEWHERE = "net::ERR_NAME_NOT_RESOLVED";

  /**
   * Why a request fails when the machine gets or loses an address, as it does with each container
   * that Docker starts: Chromium gives up what waits for a connection, <a
   * href="https://github.com/docker/for-linux/issues/914">even to this machine</a>.
   */
  static final String NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";

  /** It must not call home, nor wait for anything from there, and no page reaches anybody else. */
  private static final List<String> FLAGS =
      List.of(
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-quic",
          "--disable-sync",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
          "--no-first-run",
          "--no-proxy-server"); // A proxy would look names up itself.

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Where it is, if it is here. Nothing is downloaded. */
  static Optional<Path> installed() {
    return Found.BROWSER;
  }

  static Chromium start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Visitor.PATIENCE_MILLIS);
    List<String> flags = new ArrayList<>(FLAGS);
    if (System.getProperty("user.name").equals("root")) {
      flags.add("--no-sandbox"); // Chromium does not start otherwise.
    }
    Playwright playwright = playwright();
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(installed().orElseThrow())
                      .setArgs(flags)));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  /**
   * Somebody new comes to the site.
   *
   * @param likes what is special about them or their device
   */
  Visitor visitor(URI site, Consumer<Browser.NewContextOptions> likes) {
    var options =
        new Browser.NewContextOptions()
            .setBaseURL(site.toString())
            .setLocale("en-US")
            .setViewportSize(1000, 700);
    likes.accept(options);
    return new Visitor(browser.newContext(options));
  }

  private static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  @Override
  public void close() {
    playwright.close();
  }

  /** Looked for once: to find Playwright's own, its driver has to be started. */
  private static final class Found {

    static final Optional<Path> BROWSER = Browsers.ofThisMachine().find().or(Found::playwrightsOwn);

    private static Optional<Path> playwrightsOwn() {
      try (Playwright playwright = playwright()) {
        return Optional.of(Path.of(playwright.chromium().executablePath()))
            .filter(Files::isExecutable);
      }
    }
  }
}
