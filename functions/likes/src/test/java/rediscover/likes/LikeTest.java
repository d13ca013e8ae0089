package rediscover.likes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikeTest {
  @Test
  void withoutAUrlItLinksToThePost() {
    assertThat(Like.of("20").link()).isEqualTo("https://x.com/i/status/20");
  }

  @Test
  void withAUrlItLinksThere() {
    String url = "https://twitter.com/i/web/status/20";
    assertThat(withUrl(url).link()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.5", "123456789012345678901", "٣", "1\n"})
  void aTweetIdOfAnotherFormIsRefused(String tweetId) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Like.of(tweetId))
        .withMessage("A tweet id is 1 to 20 digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "twitter.com/i",
        "//twitter.com/i",
        "https:",
        "https:/path",
        "https://",
        "javascript:alert(1)",
        "ftp://example.com/",
        "https://example.com/<script>",
        "https://example.com/a b",
        "https://example.com/half-a-pair-\uD83D"
      })
  void aUrlThatIsNotOfTheWebIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withUrl(url))
        .withMessage("A like's URL is http or https and at most 2048 characters");
  }

  @Test
  void aUrlMayHave2048Characters() {
    String longest = "https://example.com/" + "a".repeat(2_048 - 20);
    assertThat(Like.isUrl(longest)).isTrue();
    assertThat(Like.isUrl(longest + "a")).isFalse();
  }

  @Test
  void aBlankTextCountsAsUnknown() {
    assertThat(withText(" \n")).isEqualTo(Like.of("20"));
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMark() {
    assertThat(withText("a\uD83Db 😀").text()).contains("a?b 😀");
  }

  private static Like withText(String text) {
    return new Like("20", Optional.of(text), Optional.empty());
  }

  private static Like withUrl(String url) {
    return new Like("20", Optional.empty(), Optional.of(url));
  }
}
