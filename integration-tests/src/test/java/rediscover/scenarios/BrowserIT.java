package rediscover.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The site as people use it: in a browser, on the embedded run. */
@Order(2)
class BrowserIT extends SiteScenarios {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String PICK_A_LIKE = "RandomLikeRole/PickALike";
  private static final LocatorAssertions.IsInViewportOptions WHOLE =
      new LocatorAssertions.IsInViewportOptions().setRatio(0.95);

  @TempDir static Path data;

  @AutoClose static Chromium chromium;
  @AutoClose static Stage stage;
  @AutoClose static LivePermissions permissions;

  @BeforeAll
  static void start() throws IOException {
    stage = EmbeddedStage.start(data, 1);
    permissions = new LivePermissions(stage.awsEndpoint());
    chromium = Chromium.start();
  }

  private Visitor visitor(Consumer<Browser.NewContextOptions> likes) {
    visitor = chromium.visitor(stage.awsEndpoint(), likes);
    return visitor;
  }

  private Visitor visitor() {
    return visitor(likes -> {});
  }

  @Nested
  class TheLikes {

    @Test
    void comeWithoutARepeat() {
      visitor().open("/");
      visitor.ask("sample");
      visitor.waitForLike(1);

      Set<String> seen = new HashSet<>();
      seen.add(visitor.likeOnX());
      for (int i = 2; i <= 30; i++) {
        visitor.button("Another one").click();
        visitor.waitForLike(i);
        seen.add(visitor.likeOnX());
      }

      assertThat(seen).hasSize(30);
    }

    @Test
    void areShownThoughXsScriptIsBlocked() {
      visitor().open("/?u=sample");

      assertThat(visitor.like()).isVisible();
      assertThat(visitor.plainText()).not().isEmpty();
      assertThat(visitor.link("Open on X")).hasAttribute("href", Pattern.compile("^https://"));
      visitor.page().waitForCondition(() -> !visitor.refused().isEmpty());
      assertThat(visitor.refused()).containsOnly("https://platform.x.com/widgets.js");
    }

    @Test
    void areDrawnByXWhereItsScriptIsThere() {
      visitor();
      visitor
          .page()
          .route(
              "https://platform.x.com/widgets.js",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("text/javascript")
                          .setBody(
                              """
                              globalThis.twttr = { widgets: { async createTweet(id, place) {
                                const frame = document.createElement('iframe');
                                frame.title = 'X';
                                frame.src = `https://platform.twitter.com/embed/Tweet.html?id=${id}`;
                                place.append(frame);
                                return place;
                              } } };""")));
      visitor
          .page()
          .route(
              "https://platform.twitter.com/**",
              route -> route.fulfill(new Route.FulfillOptions().setBody("Drawn by X")));
      visitor.open("/?u=sample");

      assertThat(visitor.page().frameLocator("[title=X]").locator("body")).hasText("Drawn by X");
      assertThat(visitor.plainText()).isHidden();
    }

    @Test
    void ofAnUnknownNameAreSaidNotToBeKnown() {
      String name = "nobody_knows";
      visitor().open("/");
      visitor.nameField().fill(name);
      press("Enter");

      assertThat(visitor.problem()).containsText("No likes of @" + name + " found");
      assertThat(visitor.problem()).containsText("Check the spelling.");
      assertThat(visitor.like()).isHidden();
      assertThat(visitor.nameField()).isFocused();
    }

    @Test
    void areNotAskedForWithANameThatCannotBeOne() {
      visitor().open("/");
      visitor.ask("no name at all");

      assertThat(visitor.problem()).containsText("That is not a valid X name");
      assertThat(visitor.nameField()).hasAttribute("aria-invalid", "true");
    }

    static Stream<Arguments> failures() {
      return Stream.of(
          Arguments.argumentSet(
              "no connection", (Consumer<Route>) Route::abort, "Cannot reach Rediscover"),
          Arguments.argumentSet(
              "503 of a gateway", answer(503, "text/html", "<h1>503</h1>"), "No answer in time"),
          Arguments.argumentSet(
              "500 of the API",
              answer(500, "application/problem+json", "{\"status\":500,\"requestId\":\"r-1\"}"),
              "Something went wrong"),
          Arguments.argumentSet(
              "a page of somebody else",
              answer(200, "text/html", "<h1>Welcome to this hotel</h1>"),
              "The answer is not readable"));
    }

    private static Consumer<Route> answer(int status, String type, String body) {
      return route ->
          route.fulfill(
              new Route.FulfillOptions().setStatus(status).setContentType(type).setBody(body));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void comeAgainWhenTheApiIsBack(Consumer<Route> failure, String said) {
      visitor().open("/?u=sample");
      assertThat(visitor.count()).hasText("1");
      String before = visitor.likeOnX();

      visitor.apiDoes(failure);
      visitor.button("Another one").click();
      assertThat(visitor.problem()).containsText(said);
      assertThat(visitor.like()).isVisible(); // The one before is still there to read.

      visitor.apiIsBack();
      visitor.button("Try again").click();
      assertThat(visitor.count()).hasText("2");
      assertThat(visitor.problem()).isHidden();
      assertThat(visitor.likeOnX()).isNotEqualTo(before);
    }

    @Test
    void areAskedForWithTheKeyThatCameInALink() {
      List<String> shown = new CopyOnWriteArrayList<>();
      visitor()
          .apiDoes(
              route -> {
                shown.add(route.request().headers().get("authorization"));
                route.resume();
              });

      visitor.open("/?u=sample#key=" + KEY);
      assertThat(visitor.count()).hasText("1");
      assertThat(visitor.page()).hasURL(Pattern.compile("/\\?u=sample$"));
      visitor.open("/?u=sample");
      assertThat(visitor.count()).hasText("1");

      assertThat(shown).containsExactly("Bearer " + KEY, "Bearer " + KEY);
    }

    @ParameterizedTest
    @CsvSource({
      "401, Unauthorized, You need a key",
      "403, Forbidden, The key in this browser does not work"
    })
    void thatAreKeptPrivateComeOnceTheLinkIsOpened(int status, String message, String said) {
      visitor().apiDoes(answer(status, "application/json", "{\"message\":\"" + message + "\"}"));
      visitor.open("/?u=sample");
      assertThat(visitor.problem()).containsText("These likes are private");
      assertThat(visitor.problem()).containsText(said);
      assertThat(visitor.button("Try again")).isHidden();

      visitor.apiIsBack();
      visitor.open("/?u=sample#key=" + KEY);
      assertThat(visitor.count()).hasText("1");
      assertThat(visitor.problem()).isHidden();
    }

    @Test
    void areVisiblyWaitedForWhereTheApiIsSlow() {
      Queue<Route> held = new ArrayDeque<>();
      Clock clock = visitor().page().clock();
      clock.install(new Clock.InstallOptions().setTime(0));
      clock.pauseAt(1_000); // Time passes only when this test says so.
      visitor.apiDoes(held::add);
      visitor.open("/?u=sample");
      visitor.page().waitForCondition(() -> !held.isEmpty());

      clock.fastForward(1_000);
      assertThat(visitor.status()).hasText("Looking for a like of @sample …");
      assertThat(visitor.status()).isInViewport();
      visitor.takePicture("wait");
      clock.fastForward(8_000);
      assertThat(visitor.status()).containsText("longer than usual");
      held.remove().resume();
      assertThat(visitor.like()).isVisible();
      assertThat(visitor.status()).isEmpty();

      visitor.button("Another one").click();
      clock.fastForward(1_000);
      assertThat(visitor.status()).containsText("Looking for a like");
      clock.fastForward(30_000);
      assertThat(visitor.problem()).containsText("No answer in time");
    }

    @Test
    void areReachedWithTheKeyboardAlone() {
      visitor().open("/");

      press("Tab");
      assertFocused(visitor.link("Skip to the likes"));
      press("Tab", "Tab", "Tab", "Tab");
      assertThat(visitor.nameField()).isFocused();
      visitor.page().keyboard().type("sample");
      press("Enter");
      visitor.waitForLike(1);
      assertFocused(visitor.button("Another one"));
      press("Enter");
      visitor.waitForLike(2);
      press("n");
      visitor.waitForLike(3);
      press("Tab");
      assertFocused(visitor.link("Open on X"));
    }

    @Test
    void goOnWithAnNOnlyBesideTheLike() {
      visitor().open("/?u=sample").waitForLike(1);

      press("n"); // The page has the focus.
      visitor.nameField().fill("");
      visitor.nameField().press("n");
      assertThat(visitor.nameField()).hasValue("n");
      visitor.button("Another one").focus();
      press("n");

      visitor.waitForLike(2);
    }
  }

  @Nested
  class APageOfTheSite {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/permissions.html"})
    void runsNoScriptAndTakesNoStyleThatIsWrittenIntoIt(String address) {
      visitor().open(address);

      visitor
          .page()
          .evaluate(
              """
              () => {
                const script = document.createElement('script');
                script.textContent = 'document.title = "taken over"';
                document.body.append(script);
                document.body.setAttribute('style', 'display: none');
              }""");

      assertThat(visitor.page()).hasTitle(Pattern.compile("Rediscover"));
      assertThat(visitor.page().locator("body")).isVisible();
      assertViolations("script-src-elem inline", "style-src-attr inline");
    }

    @ParameterizedTest
    @CsvSource({"/, problems.js", "/permissions.html, map/lines.js"})
    void saysThatAPartOfItIsMissing(String address, String module) {
      visitor().page().route("**/" + module, Route::abort);

      visitor.open(address);

      assertThat(visitor.page().getByRole(AriaRole.ALERT))
          .hasText("A part of this page did not load. Check your network and reload the page.");
    }

    @Test
    void callsNobodyButTheApi() {
      visitor().open("/");

      visitor.page().evaluate("() => fetch('https://example.org/').catch(() => {})");

      assertViolations("connect-src https://example.org/");
      assertThat(visitor.refused()).isEmpty();
    }

    /** The browser tells of them a moment later. */
    private void assertViolations(String... expected) {
      visitor.page().waitForCondition(() -> visitor.violations().size() >= expected.length);
      assertThat(visitor.violations()).containsExactly(expected);
      visitor.violations().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/permissions.html"})
    void isNotShownInAFrameOfAnotherPage(String address) {
      visitor()
          .page()
          .setContent("<iframe src='" + stage.awsEndpoint().resolve(address) + "'></iframe>");

      visitor
          .page()
          .waitForCondition(
              () -> visitor.page().frames().getLast().url().startsWith("chrome-error:"));
      assertThat(visitor.page().frameLocator("iframe").locator("main")).hasCount(0);
    }
  }

  @Nested
  class ThePermissionMap {

    @AfterEach
    void restoreAll() {
      permissions.reset();
    }

    @Test
    void showsWhatAStatementThatIsSwitchedOffBreaksUntilItIsRestored() {
      visitor().open("/permissions.html");
      assertThat(visitor.live()).hasAttribute("data-state", "live");

      visitor.switchOf(PICK_A_LIKE).click();
      assertThat(visitor.live()).containsText("Switched off: " + PICK_A_LIKE);
      assertThat(visitor.switchOf(PICK_A_LIKE)).not().isChecked();

      try (Visitor reader = chromium.visitor(stage.awsEndpoint(), likes -> {})) {
        reader.open("/?u=sample");
        assertThat(reader.problem()).containsText("Something went wrong");

        assertThat(visitor.denial()).containsText("Denied: dynamodb:Query on LikesTable");
        assertThat(visitor.denial())
            .containsText("Missing: " + PICK_A_LIKE + ", which is switched off.");
        assertThat(visitor.page().locator(".arrow .mark:visible")).hasText("✕ denied");
        assertThat(isRed(visitor.denial().locator(".denial-title"))).isTrue();
        visitor.denial().scrollIntoViewIfNeeded();
        visitor.takePicture("denial");

        visitor.button("Restore all").click();
        assertThat(visitor.denial()).hasCount(0);
        assertThat(visitor.live()).containsText("Every statement is on.");
        reader.button("Try again").click();
        assertThat(reader.like()).isVisible();
      }
    }

    @Test
    void isWhatALessonIsPlayedOn() {
      visitor().open("/permissions.html?lesson=put-item");
      assertThat(visitor.live()).hasAttribute("data-state", "live");

      visitor.button("Remove StoreLikes").click();
      assertThat(visitor.live()).containsText("Switched off: TopicWriterRole/StoreLikes");
      assertThat(visitor.page().locator(".player-say")).containsText("This map is live");
      assertThat(visitor.denial()).hasCount(0); // Nothing has been called.

      try (Doors doors = new Doors(stage)) {
        doors.publish(Some.message(Some.user(), Some.tweetIds(1)));
        assertThat(visitor.denial()).containsText("Denied: dynamodb:PutItem on LikesTable");
        assertThat(visitor.denial()).containsText("sends the message to DeadLetterQueue.");
        visitor.takePicture("lesson-live");

        visitor.button("Restore StoreLikes").click();
        assertThat(visitor.denial()).hasCount(0);
        doors.redrive();
      }
    }

    @Test
    void saysWhatIsNotInThisRun() {
      visitor().open("/permissions.html");
      assertThat(visitor.live()).hasAttribute("data-state", "live");

      assertThat(visitor.page().locator("[aria-labelledby=function-KeyCheckerFunction] .only"))
          .hasText("Not in this run. To include it, start the run with -Dlocal.key=on.");
      assertThat(visitor.switchOf("KeyCheckerRole/ReadTheKey")).hasCount(0);
    }

    @Test
    void countsTheCalls() {
      visitor().open("/permissions.html");
      assertThat(visitor.live()).hasAttribute("data-state", "live");

      stage.get("/u/sample");

      assertThat(visitor.invocationsOf("RandomLikeFunction")).hasText("1");
      assertThat(visitor.live()).containsText("0 denied");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
      visitor().open("/permissions.html");
      assertThat(visitor.live()).hasAttribute("data-state", "live");
      Locator statement = visitor.switchOf(PICK_A_LIKE);

      tabTo(statement);
      assertFocused(statement);
      press("Space");
      assertThat(statement).not().isChecked();
      press("Space");
      assertThat(statement).isChecked();

      press("Tab");
      Locator arrow = visitor.button("on LikesTable").first();
      assertFocused(arrow);
      press("Enter");
      Locator panel = visitor.page().locator("dialog");
      assertThat(panel).containsText("dynamodb:Query");
      press("Escape");
      assertThat(panel).isHidden();
      assertThat(arrow).isFocused();
    }

    private void tabTo(Locator target) {
      for (int i = 0; i < 60 && !isFocused(target); i++) {
        press("Tab");
      }
    }

    private boolean isFocused(Locator target) {
      return (boolean) target.evaluate("element => element === document.activeElement");
    }
  }

  /** Something to be seen on the site, and how one comes to see it. */
  record Sight(String name, Consumer<Visitor> come) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sight> sights() {
    return Stream.of(
        new Sight("start", visitor -> visitor.open("/")),
        new Sight("like", visitor -> assertThat(visitor.open("/?u=sample").like()).isVisible()),
        new Sight("long-word", BrowserIT::seeALongWord),
        new Sight(
            "unknown-name",
            visitor -> assertThat(visitor.open("/?u=nobody_knows").problem()).isInViewport(WHOLE)),
        new Sight("api-down", BrowserIT::seeThatTheApiIsDown),
        new Sight("map", BrowserIT::seeTheMap),
        new Sight("map-of-two-accounts", BrowserIT::seeTheMapOfTwoAccounts),
        new Sight("map-with-policy", BrowserIT::seeAPolicy),
        new Sight("map-with-denial", BrowserIT::seeADenial));
  }

  private static void seeALongWord(Visitor visitor) {
    visitor.apiDoes(
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        "{\"tweetId\":\"20\",\"text\":\"%s\",\"cursor\":\"%s\"}"
                            .formatted("Donaudampfschifffahrt".repeat(12), "0".repeat(32)))));
    assertThat(visitor.open("/?u=sample").like()).isVisible();
  }

  private static void seeThatTheApiIsDown(Visitor visitor) {
    assertThat(visitor.open("/?u=sample").like()).isVisible();
    visitor.apiDoes(Route::abort);
    visitor.button("Another one").click();
    assertThat(visitor.problem()).isVisible();
  }

  private static void seeTheMap(Visitor visitor) {
    visitor.open("/permissions.html");
    assertThat(visitor.live()).hasAttribute("data-state", "live");
  }

  private static void seeTheMapOfTwoAccounts(Visitor visitor) {
    visitor.open("/permissions.html?accounts=2");
    assertThat(visitor.live()).hasAttribute("data-state", "computed");
  }

  private static void seeAPolicy(Visitor visitor) {
    seeTheMap(visitor);
    visitor.button("on LikesTable").first().click();
    assertThat(visitor.page().locator("dialog")).isVisible();
  }

  private static void seeADenial(Visitor visitor) {
    seeTheMap(visitor);
    permissions.switchOff(PICK_A_LIKE);
    stage.get("/u/sample");
    assertThat(visitor.denial()).isVisible();
    visitor.denial().scrollIntoViewIfNeeded();
  }

  @Nested
  class EverySight {

    @AfterEach
    void restoreAll() {
      permissions.reset();
    }

    static Stream<Sight> sights() {
      return BrowserIT.sights();
    }

    @ParameterizedTest
    @MethodSource("sights")
    void hasNoSeriousBarrierInTheLightNorInTheDark(Sight sight) {
      // Half-way through an animation, colours are not what they come to be.
      visitor(likes -> likes.setReducedMotion(ReducedMotion.REDUCE));
      sight.come().accept(visitor);

      visitor.prefers(ColorScheme.LIGHT);
      visitor.takePicture(sight.name() + "-light");
      assertThat(brightness("background-color")).isGreaterThan(brightness("color"));
      assertThat(visitor.barriers()).isEmpty();

      visitor.prefers(ColorScheme.DARK);
      visitor.takePicture(sight.name() + "-dark");
      assertThat(brightness("background-color")).isLessThan(brightness("color"));
      assertThat(visitor.barriers()).isEmpty();
    }

    private int brightness(String property) {
      return rgb(visitor.page().locator("html"), property).mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest
    @MethodSource("sights")
    void fitsAPhoneOf320Pixels(Sight sight) {
      visitor(likes -> likes.setViewportSize(320, 640).setIsMobile(true).setHasTouch(true));
      sight.come().accept(visitor);
      visitor.takePicture(sight.name() + "-phone");

      assertThat(visitor.contentWidth()).isLessThanOrEqualTo(320);
    }
  }

  /** A keyboard user has to see the focus. */
  private static void assertFocused(Locator target) {
    assertThat(target).isFocused();
    assertThat(target).isInViewport();
    assertThat(target).not().hasCSS("outline-style", "none");
  }

  private static boolean isRed(Locator text) {
    int[] rgb = rgb(text, "color").mapToInt(Integer::intValue).toArray();
    return rgb[0] > 2 * rgb[1] && rgb[0] > 2 * rgb[2];
  }

  private static Stream<Integer> rgb(Locator element, String property) {
    String color =
        (String)
            element.evaluate(
                "(element, property) => getComputedStyle(element).getPropertyValue(property)",
                property);
    return Pattern.compile("\\d+")
        .matcher(color)
        .results()
        .limit(3)
        .map(number -> Integer.valueOf(number.group()));
  }
}
