package rediscover.randomlike.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;

class XApiWithDeadlineTest {

  private static final UserName USER = new UserName("bob");
  private static final XCredentials CREDENTIALS = new XCredentials("a", "b", "c", "d");
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  static Stream<Arguments> slowAnswers() {
    return Stream.of(
        Arguments.of("no header comes", "", ""),
        Arguments.of("the headers drip", "HTTP/1.1 200 OK\r\nX-Long: ", "x"),
        Arguments.of("the body drips", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", " "),
        Arguments.of("an error drips", "HTTP/1.1 503 No\r\nContent-Length: 9999\r\n\r\n", " "));
  }

  /**
   * The read timeout does not end these calls, as long as something drips. A slow machine gets as
   * much more time as it needs to reach the server.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("slowAnswers")
  @Execution(ExecutionMode.CONCURRENT)
  void aCallThatTakesTooLongEndsAndSoDoesItsConnection(String what, String beginning, String drop)
      throws Exception {
    for (String version : List.of("2", "1.1")) {
      boolean reached = false;
      for (long millis = 500; !reached; millis *= 2) {
        try (DrippingServer server = new DrippingServer(beginning, drop)) {
          XApi api = version.equals("2") ? new XApiV2(server.url()) : new XApiV1(server.url());

          LikedPage page =
              new XApiWithDeadline(api, Duration.ofMillis(millis)).likesOf(USER, CREDENTIALS);

          assertThat(page)
              .isEqualTo(new LikedPage.Failed("no complete answer within " + millis + " ms"));
          reached = server.calls() > 0;
          if (reached) {
            assertThat(server.isHungUpOn()).isTrue();
            assertThat(server.calls()).isOne();
          }
        }
      }
    }
  }

  @Test
  void anAnswerInTimeIsTheAnswer() {
    LikedPage page = new LikedPage.Likes(List.of(Like.of("1")));

    assertThat(
            new XApiWithDeadline((user, credentials) -> page, DEADLINE).likesOf(USER, CREDENTIALS))
        .isEqualTo(page);
  }

  @Test
  void aMistakeOfOursIsNotTakenForAFailureOfX() {
    RuntimeException mistake = new NullPointerException();
    XApi broken =
        (user, credentials) -> {
          throw mistake;
        };

    assertThatThrownBy(() -> new XApiWithDeadline(broken, DEADLINE).likesOf(USER, CREDENTIALS))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(mistake);
  }
}
