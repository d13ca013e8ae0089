package rediscover.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The site on a server of files, with no API and no live side: a classroom. */
@Order(2)
class StaticSiteIT extends SiteScenarios {

  /** What somebody's device is like. */
  enum Device {
    DESK_IN_THE_LIGHT(1280, 900, ColorScheme.LIGHT),
    PHONE_IN_THE_DARK(320, 640, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Device(int width, int height, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
    }

    Browser.NewContextOptions on(Browser.NewContextOptions options) {
      return options
          .setViewportSize(width, height)
          .setColorScheme(scheme)
          .setReducedMotion(ReducedMotion.REDUCE)
          .setIsMobile(width < 500);
    }
  }

  /**
   * A lesson.
   *
   * @param seen what the map says at each step; nothing where it is as it always is
   */
  record Lesson(String id, int accounts, List<String> seen) {

    String address() {
      return "/permissions.html" + (accounts == 2 ? "?accounts=2" : "");
    }

    @Override
    public String toString() {
      return id;
    }
  }

  private static final String FOREIGN_PUSH = "Denied: lambda:InvokeFunction on topic-writer";
  private static final String FOREIGN_UPLOAD = "Denied: lambda:InvokeFunction on archive-importer";
  private static final String DELETION = "Denied: dynamodb:DeleteItem on LikesTable";
  private static final String TAGGING = "Denied: lambda:TagResource on topic-writer";

  static final List<Lesson> LESSONS =
      List.of(
          new Lesson("put-item", 1, List.of("", "Denied: dynamodb:PutItem on LikesTable", "")),
          new Lesson(
              "source-arn",
              1,
              List.of(FOREIGN_PUSH, FOREIGN_PUSH.replace("Denied", "Allowed"), FOREIGN_PUSH)),
          new Lesson(
              "source-account",
              1,
              List.of(FOREIGN_UPLOAD, FOREIGN_UPLOAD.replace("Denied", "Allowed"), FOREIGN_UPLOAD)),
          new Lesson(
              "delete-message", 1, List.of("", "Denied: sqs:DeleteMessage on LikesQueue", "")),
          new Lesson(
              "parameter-arn", 1, List.of("", "Denied: ssm:GetParameter on TWITTER_AUTH", "")),
          new Lesson(
              "both-sides",
              2,
              List.of(
                  "",
                  FOREIGN_PUSH,
                  "Denied: sns:Subscribe on LikesTopic",
                  "no identity-based policy allows the sqs:ReceiveMessage action",
                  "no resource-based policy allows the sqs:ReceiveMessage action",
                  "")),
          new Lesson(
              "least-privilege",
              1,
              List.of(DELETION, DELETION.replace("Denied", "Allowed"), DELETION)),
          new Lesson(
              "tag",
              1,
              List.of(
                  TAGGING,
                  TAGGING.replace("Denied", "Allowed"),
                  "Allowed: lambda:UpdateFunctionCode on topic-writer",
                  TAGGING)));

  private static final String DENIALS =
      """
      () => [...document.querySelectorAll('.denial[data-state="denied"]')].map((box) =>
        [...box.querySelectorAll('.denial-words p')].map((p) => p.textContent)
          .filter((text) => /^(✕ Denied|Account [0-9]+ refuses|Because) ?/.test(text)).join(' / '))""";

  private static final String TWO_PICTURES =
      "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

  private static final String SHIFTS =
      """
      new PerformanceObserver((list) => {
        globalThis.shifted = (globalThis.shifted ?? 0) +
          list.getEntries().filter((entry) => !entry.hadRecentInput).reduce((sum, { value }) => sum + value, 0);
      }).observe({ type: 'layout-shift', buffered: true });""";

  @AutoClose static PlainServer server;
  @AutoClose static Chromium chromium;

  @BeforeAll
  static void start() {
    server = PlainServer.start();
    chromium = Chromium.start();
  }

  private Visitor visitor(Device device) {
    visitor = chromium.visitor(server.address(), device::on);
    return visitor;
  }

  @ParameterizedTest
  @CsvSource({
    "1, DESK_IN_THE_LIGHT",
    "1, PHONE_IN_THE_DARK",
    "2, DESK_IN_THE_LIGHT",
    "2, PHONE_IN_THE_DARK"
  })
  void everySwitchBreaksWhatTheEvaluatorSays(int accounts, Device device) throws IOException {
    ComputedDenials expected =
        accounts == 1 ? ComputedDenials.ofOneAccount() : ComputedDenials.ofTwoAccounts();
    visitor(device).open("/permissions.html?accounts=" + accounts);
    assertThat(visitor.live())
        .hasText("Computed: this page makes no calls. Every statement is on. Restore all");

    for (String statement : expected.statements()) {
      toggle(statement);
      assertThat(visitor.live()).containsText("Switched off: " + statement);
      eventuallyDenied(statement, expected.without(statement));
      toggle(statement);
      assertThat(visitor.live()).containsText("Every statement is on.");
      eventuallyDenied("nothing", Set.of());
    }
    assertThat(expected.statements()).hasSizeGreaterThan(25);
  }

  /**
   * By the keyboard. The statement by which Lambda runs a function has its switch with the role.
   */
  private void toggle(String statement) {
    if (statement.contains("/trust/")) {
      String role = statement.split("/")[0];
      visitor.page().locator("button.role", named(role)).focus();
      press("Enter");
      Locator toggle = visitor.page().locator("dialog [role=switch][title='" + statement + "']");
      toggle.focus();
      press("Space", "Escape");
    } else {
      visitor.switchOf(statement).focus();
      press("Space");
    }
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  /** What was switched is drawn with the next picture. */
  private void eventuallyDenied(String without, Set<String> expected) {
    await()
        .pollInSameThread() // Playwright knows one.
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(denials()).as("without %s", without).isEqualTo(expected));
  }

  private Set<String> denials() {
    Set<String> denials = new TreeSet<>();
    ((List<?>) visitor.page().evaluate(DENIALS)).forEach(denial -> denials.add((String) denial));
    return denials;
  }

  @Test
  void ofTwoSidesThatAreMissingTheCallersGivesTheReason() {
    visitor(Device.DESK_IN_THE_LIGHT).open("/permissions.html?accounts=2");
    toggle("LikesQueuePolicy/LetTheQueueWriterPoll");
    toggle("QueueWriterRole/PollTheOtherQueue");

    assertThat(visitor.denial())
        .containsText(
            "Account 123456789012 refuses."
                + "Because no identity-based policy allows the sqs:ReceiveMessage action."
                + "Missing: QueueWriterRole/PollTheOtherQueue,"
                + " LikesQueuePolicy/LetTheQueueWriterPoll, which are switched off.");
    visitor.button("Switch them on again").click();
    assertThat(visitor.denial()).hasCount(0);
  }

  /** Nothing fails without it, so the map says what that means. */
  @Test
  void withoutADenyTheMapSaysWhatIsAnswered() {
    visitor(Device.DESK_IN_THE_LIGHT).open("/permissions.html");
    toggle("ArchiveBucketPolicy/RefusePlainHttp");

    assertThat(visitor.denial())
        .containsText("Switched off: ArchiveBucketPolicy/RefusePlainHttpNothing fails");
    assertThat(visitor.page().locator(".arrow .mark:visible")).hasText("switched off");
  }

  @ParameterizedTest
  @FieldSource("LESSONS")
  void aLessonIsDoneWithTheKeyboardAlone(Lesson lesson) {
    visitor(Device.DESK_IN_THE_LIGHT).open(lesson.address());
    Locator link = link(lesson);
    tabTo(link);
    press("Enter");
    assertThat(visitor.page().locator("#player-title")).isFocused();
    press("Tab");

    Set<String> said = new TreeSet<>();
    for (int step = 0; step < lesson.seen().size(); step++) {
      assertThat(player()).containsText("step " + (step + 1) + " of " + lesson.seen().size());
      assertSeen(lesson.seen().get(step));
      assertThat(visitor.page().locator(".lit")).isInViewport();
      assertThat(said.add(visitor.page().locator(".player-say").textContent())).isTrue();
      if (step < lesson.seen().size() - 1) {
        assertThat(player().locator("button").first()).isFocused();
        press("Enter");
      }
    }
    assertThat(player().getByRole(AriaRole.LINK))
        .hasAttribute("href", Pattern.compile("^https://docs\\.aws\\.amazon\\.com/"));

    press("Tab");
    assertThat(visitor.button("Back to the map")).isFocused();
    press("Enter");
    assertThat(player()).isHidden();
    assertThat(link).isFocused();
    assertThat(link).containsText("(done)");
    assertThat(visitor.denial()).hasCount(0);
    assertThat(visitor.page().locator(".stranger")).hasCount(0);
    assertThat(visitor.live()).containsText("Every statement is on.");
  }

  /** What the reader hears is in a part of the page that is announced when it changes. */
  @Test
  void aLessonAndWhatItBreaksAreAnnounced() {
    visitor(Device.DESK_IN_THE_LIGHT).open("/permissions.html?lesson=put-item");
    assertThat(visitor.page().locator(".player-text")).hasAttribute("aria-live", "polite");
    player().locator("button").first().click();
    assertThat(visitor.page().locator("#announcement"))
        .hasText(
            "Switched off: TopicWriterRole/StoreLikes. Denied: topic-writer uses LikesTable,"
                + " dynamodb:PutItem on LikesTable. Missing: TopicWriterRole/StoreLikes, which is"
                + " switched off.");
  }

  @Test
  void aSecondClickBeforeAStepIsDoneTakesNoSecondStep() {
    visitor(Device.DESK_IN_THE_LIGHT).open("/permissions.html?lesson=put-item");
    player().locator("button").first().evaluate("it => { it.click(); it.click(); }");
    assertThat(visitor.denial()).hasCount(1);
    assertThat(player()).containsText("step 2 of");
  }

  @Test
  void aLessonThatIsEndedHalfWayLeavesTheMapAsItWas() {
    visitor(Device.DESK_IN_THE_LIGHT).open("/permissions.html?lesson=put-item");
    player().locator("button").first().click();
    assertThat(visitor.denial()).hasCount(1);
    visitor.button("End the lesson").click();
    assertThat(visitor.denial()).hasCount(0);
    assertThat(visitor.live()).containsText("Every statement is on.");
    assertThat(link(LESSONS.getFirst())).not().containsText("(done)");
  }

  @ParameterizedTest
  @FieldSource("LESSONS")
  void aLessonIsReadByEverybodyAtEachStep(Lesson lesson) {
    for (Device device : Device.values()) {
      visitor(device).open(addressOf(lesson));
      for (int step = 0; step < lesson.seen().size(); step++) {
        assertSeen(lesson.seen().get(step));
        assertThat(visitor.page().locator(".lit")).isInViewport();
        visitor.takePicture("lesson-%s-%d-%s".formatted(lesson.id(), step + 1, device));
        assertThat(visitor.findings()).isEmpty();
        assertThat(visitor.contentWidth()).isLessThanOrEqualTo(device.width);
        if (step < lesson.seen().size() - 1) {
          player().locator("button").first().click();
        }
      }
      visitor.close();
    }
  }

  private void assertSeen(String text) {
    if (text.isEmpty()) {
      assertThat(visitor.denial()).hasCount(0);
    } else {
      assertThat(visitor.denial().first()).containsText(text);
    }
  }

  private static String addressOf(Lesson lesson) {
    return lesson.address() + (lesson.accounts() == 2 ? "&" : "?") + "lesson=" + lesson.id();
  }

  private Locator player() {
    return visitor.page().locator("#player");
  }

  private Locator link(Lesson lesson) {
    return visitor.page().locator("#lesson-list [href$='lesson=" + lesson.id() + "']");
  }

  private void tabTo(Locator target) {
    target.waitFor();
    for (int i = 0;
        i < 40 && !(boolean) target.evaluate("it => it === document.activeElement");
        i++) {
      press("Tab");
    }
    assertThat(target).isFocused();
  }

  @Test
  void withoutAnApiTheSiteSaysSoAndLeadsToTheMap() {
    visitor(Device.DESK_IN_THE_LIGHT).open("/?u=sample");

    assertThat(visitor.problem()).containsText("This site has no likes");
    assertThat(visitor.button("Try again")).isHidden();
    visitor.takePicture("no-api");
    assertThat(visitor.findings()).isEmpty();
    visitor.link("Open the permission map").click();
    assertThat(visitor.live()).containsText("Computed: this page makes no calls.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/permissions.html", "/permissions.html?accounts=2"})
  void aPageIsSmallAsksNobodyElseAndDoesNotMove(String address) {
    for (Device device : Device.values()) {
      visitor(device).page().addInitScript(SHIFTS);
      // While a body is read, the browser may report another response.
      List<Response> responses = new CopyOnWriteArrayList<>();
      visitor.page().onResponse(responses::add);
      visitor.open(address);
      visitor.page().waitForLoadState(LoadState.NETWORKIDLE);
      visitor.page().evaluate(TWO_PICTURES);

      assertThat(visitor.refused()).isEmpty();
      assertThat(responses)
          .allSatisfy(
              response -> assertThat(response.url()).startsWith(server.address().toString()));
      assertThat(responses.stream().mapToInt(StaticSiteIT::compressed).sum())
          .isLessThanOrEqualTo(60 * 1024);
      assertThat(visitor.page().evaluate("() => globalThis.shifted ?? 0")).isEqualTo(0);
      // Only the style sheets keep the first picture waiting.
      assertThat(
              visitor
                  .page()
                  .evaluate(
                      "() => performance.getEntriesByType('resource')"
                          + ".filter((entry) => entry.renderBlockingStatus === 'blocking')"
                          + ".map(({ name }) => new URL(name).pathname)"))
          .isEqualTo(
              Stream.of("/site.css", "/permissions.css")
                  .limit(address.equals("/") ? 1 : 2)
                  .toList());
      assertThat(visitor.findings()).isEmpty();
      visitor.close();
    }
  }

  /** As large as a server sends it that compresses. */
  private static int compressed(Response response) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size();
  }
}
