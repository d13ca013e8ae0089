package rediscover.scenarios;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Somebody with a browser of their own, and what they see of the site. */
final class Visitor implements AutoCloseable {

  /** For all that a page does: it may have to wait for a new execution environment. */
  static final int PATIENCE_MILLIS = 60_000;

  private static final Path SCREENSHOTS = Path.of(System.getProperty("screenshots"));
  private static final String API = "**/u/**";

  private static final String FINDINGS =
      """
      async (impacts) => {
        const { violations } = await axe.run(document, { resultTypes: ['violations'] });
        return violations
          .filter(({ impact }) => impacts.includes(impact))
          .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      }""";

  private static final String TELL_VIOLATIONS =
      """
      addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        violated(`${effectiveDirective} ${blockedURI}`);
      });""";

  private final BrowserContext context;
  private final Page page;
  private final Map<String, String> failed = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Set<String> unanswered = new LinkedHashSet<>();

  Visitor(BrowserContext context) {
    this.context = context;
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onRequest(request -> unanswered.add(request.url()));
    context.onRequestFinished(request -> unanswered.remove(request.url()));
    context.onRequestFailed(this::failed);
    context.onWebError(error -> errors.add(error.error()));
    context.exposeFunction("violated", what -> violations.add((String) what[0]));
    context.addInitScript(TELL_VIOLATIONS);
    this.page = context.newPage();
  }

  private void failed(Request request) {
    unanswered.remove(request.url());
    failed.put(request.url(), request.failure());
  }

  private String notGot() {
    return "Requests that failed: %s. Without an answer: %s".formatted(failed, unanswered);
  }

  Page page() {
    return page;
  }

  /** Addresses off this machine that the pages asked for. None was reached. */
  List<String> refused() {
    return failed.entrySet().stream()
        .filter(request -> request.getValue().equals(Chromium.IS_ELSEWHERE))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a page tried to do that its Content-Security-Policy does not allow. */
  List<String> violations() {
    return violations;
  }

  /** What the scripts of the pages threw and did not catch. */
  List<String> errors() {
    return errors;
  }

  /**
   * Opens a page, and once more where the machine's network changed meanwhile.
   *
   * @param address within the site, such as {@code /?u=sample}
   */
  Visitor open(String address) {
    do {
      page.navigate(address);
    } while (failed.values().removeIf(Chromium.NETWORK_CHANGED::equals));
    return this;
  }

  void ask(String name) {
    nameField().fill(name);
    button("Show a like").click();
  }

  /**
   * Waits until the walk has shown so many likes; asks again where that was too fast for the API,
   * which takes 20 requests a second.
   */
  void waitForLike(int number) {
    Locator shown =
        count().filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + number + "$")));
    Locator again = button("Try again");
    shown.or(again).first().waitFor();
    while (again.isVisible()) {
      again.click();
      page.locator("body:not(.busy)").waitFor();
    }
    shown.waitFor();
  }

  Locator nameField() {
    return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("X name"));
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  /** The like that is shown. */
  Locator like() {
    return page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("A liked post"));
  }

  /** What the site itself says of the like that is shown. */
  Locator plainText() {
    return like().locator("blockquote");
  }

  /** Where the like that is shown is on X. No two likes have the same. */
  String likeOnX() {
    return link("Open on X").getAttribute("href");
  }

  /** How many likes the walk has shown. */
  Locator count() {
    return page.locator("#ring-count");
  }

  /** What went wrong, and what to do. */
  Locator problem() {
    return page.locator("#problem");
  }

  /** What is going on. */
  Locator status() {
    return page.locator("#status");
  }

  /** The permission map's switch of a statement; the first where there are several. */
  Locator switchOf(String statement) {
    return page.getByRole(
            AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Statement " + statement))
        .first();
  }

  /** How many times the permission map has seen a function invoked. */
  Locator invocationsOf(String function) {
    return page.locator("[aria-labelledby=function-" + function + "] .arrow.push .count");
  }

  /** What the permission map says of its connection. */
  Locator live() {
    return page.locator("#live");
  }

  /** The permission map's account of a denial. */
  Locator denial() {
    return page.locator(".denial");
  }

  /** From now on the API does this. */
  void apiDoes(Consumer<Route> answer) {
    page.route(API, answer);
  }

  /** From now on the API is itself again. */
  void apiIsBack() {
    page.unroute(API);
  }

  /** From now on their device is set to light or dark. */
  void prefers(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  /** How wide the page's content is, in CSS pixels. */
  int contentWidth() {
    return (int) page.evaluate("() => document.documentElement.scrollWidth");
  }

  /** What axe-core finds to be a serious or critical barrier on the page, and where. */
  List<?> barriers() {
    return findings("serious", "critical");
  }

  /** All that axe-core finds on the page, and where. */
  List<?> findings() {
    return findings("minor", "moderate", "serious", "critical");
  }

  private List<?> findings(String... impacts) {
    if (!(boolean) page.evaluate("() => 'axe' in window")) {
      page.evaluate(axe());
    }
    return (List<?>) page.evaluate(FINDINGS, impacts);
  }

  private static String axe() {
    try (InputStream script = Visitor.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a picture of what a failed test sees, and says what the pages did not get.
   *
   * @param visitor the test's, when it has failed
   */
  static TestExecutionExceptionHandler takingPicturesOfFailures(Supplier<Visitor> visitor) {
    return (test, failure) -> {
      failure.addSuppressed(new AssertionError(visitor.get().notGot()));
      visitor.get().takePicture("failed-" + test.getRequiredTestMethod().getName());
      throw failure;
    };
  }

  /** Keeps a picture of what is seen, as {@code target/screenshots/NAME.png}. */
  void takePicture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setAnimations(ScreenshotAnimations.DISABLED)
            .setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Override
  public void close() {
    context.close();
  }
}
