package rediscover.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void whatStandsBetweenTheMarkersIsReadWithoutTheLinesAround(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("page.md"), PAGE);

    assertThat(new Page(file).get("a")).isEqualTo("old");
  }

  @Test
  void aPageWithoutThePlaceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Page.put(PAGE, "b", "new"))
        .withMessage("the page has no place for b");
  }
}
