package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import rediscover.scenarios.Needs.Tool;

/** Tests with a visitor in a browser. One that fails leaves a picture of what the visitor sees. */
@Needs(Tool.BROWSER)
@Timeout(300)
abstract class SiteScenarios {

  /** The visitor of the test that runs. */
  Visitor visitor;

  @RegisterExtension
  final TestExecutionExceptionHandler pictureOfAFailure =
      Visitor.takingPicturesOfFailures(() -> visitor);

  /**
   * A page must do nothing that its Content-Security-Policy forbids, and must not stop half-way.
   */
  @AfterEach
  void leave() {
    visitor.close();
    assertThat(visitor.violations()).isEmpty();
    assertThat(visitor.errors()).isEmpty();
  }

  void press(String... keys) {
    for (String key : keys) {
      visitor.page().keyboard().press(key);
    }
  }
}
