package rediscover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PageTest {
  private static final String PAGE =
      "before\n<!-- figures: a -->\n\nold\n\n<!-- end of a -->\nafter\n";

  @Test
  void whatStandsBetweenTheMarkersIsReplaced() {
    assertThat(Page.put(PAGE, "a", "new"))
        .isEqualTo("before\n<!-- figures: a -->\n\nnew\n\n<!-- end of a -->\nafter\n");
    assertThat(Page.put(PAGE, "a", "old")).isEqualTo(PAGE);
  }

  @Test
  void aPageWithoutThePlaceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Page.put(PAGE, "b", "new"))
        .withMessage("the page has no place for b");
  }
}
