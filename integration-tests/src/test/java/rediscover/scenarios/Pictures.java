package rediscover.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.scenarios.Needs.Tool;

/**
 * Takes the README's pictures, the same at every time: {@code mvn verify -Ppictures} runs it, and
 * nothing else does.
 */
@Needs(Tool.BROWSER)
class Pictures {

  /** Before the first like of the ring: who starts here meets the same likes each time. */
  private static final String BEFORE_THE_FIRST = "?after=" + "0".repeat(32);

  /** Lambda polls the queue as often as the time allows: the pictures do without it. */
  private static final String WITHOUT_POLLS =
      """
      globalThis.EventSource = class extends EventSource {
        addEventListener(type, listener) {
          super.addEventListener(type, (event) => {
            if (!event.data?.includes('"QueueWriterFunction"')) {
              listener(event);
            }
          });
        }
      };
      """;

  @TempDir static Path data;

  @AutoClose static Chromium chromium;
  @AutoClose static Stage stage;

  @BeforeAll
  static void start() throws IOException {
    stage = EmbeddedStage.start(data, 1);
    chromium = Chromium.start();
  }

  @Test
  void site() {
    try (Visitor visitor = visitor(1000, 700)) {
      // The card says how long ago its post was written.
      visitor.page().clock().setFixedTime("2026-06-01T12:00:00Z");
      visitor
          .page()
          .route(
              "**/u/sample",
              first ->
                  first.resume(
                      new Route.ResumeOptions().setUrl(first.request().url() + BEFORE_THE_FIRST)));
      visitor.open("/?u=sample");
      for (int i = 2; i <= 30; i++) {
        visitor.button("Another one").click();
        visitor.waitForLike(i);
      }
      takePictures(visitor, "site");
    }
  }

  @Test
  void map() {
    try (Visitor visitor = visitor(1280, 1100)) {
      visitor.page().addInitScript(WITHOUT_POLLS);
      visitor.open("/permissions.html");
      assertThat(visitor.live()).hasAttribute("data-state", "live");
      for (int i = 0; i < 5; i++) {
        stage.get("/u/sample" + BEFORE_THE_FIRST);
      }
      assertThat(visitor.invocationsOf("RandomLikeFunction")).hasText("5");
      takePictures(visitor, "map");
    }
  }

  @Test
  void lesson() {
    try (PlainServer server = PlainServer.start();
        Visitor visitor = visitor(server.address(), 1280, 900)) {
      visitor.open("/permissions.html?lesson=source-arn");
      visitor.button("Remove SourceArn").click();
      assertThat(visitor.denial()).containsText("Allowed: lambda:InvokeFunction on topic-writer");
      takePictures(visitor, "lesson");
    }
  }

  private static Visitor visitor(int width, int height) {
    return visitor(stage.awsEndpoint(), width, height);
  }

  private static Visitor visitor(URI site, int width, int height) {
    return chromium.visitor(
        site, likes -> likes.setViewportSize(width, height).setReducedMotion(ReducedMotion.REDUCE));
  }

  private static void takePictures(Visitor visitor, String name) {
    visitor.page().mouse().move(0, 0); // Nothing is lit because the pointer is over it.
    visitor.prefers(ColorScheme.LIGHT);
    visitor.takePicture(name + "-light");
    visitor.prefers(ColorScheme.DARK);
    visitor.takePicture(name + "-dark");
  }
}
