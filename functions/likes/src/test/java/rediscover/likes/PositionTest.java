package rediscover.likes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void itIsTheFirstHalfOfTheTweetIdsHash() {
    // printf 20 | sha256sum
    assertThat(Position.of(Like.of("20")))
        .isEqualTo(new Position("f5ca38f748a1d6eaf726b8a42fb575c3"));
  }

  @Test
  void aRandomOneFollowsItsGenerator() {
    assertThat(Position.random(new Random(1)))
        .isEqualTo(Position.random(new Random(1)))
        .isNotEqualTo(Position.random(new Random(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f5ca38f748a1d6eaf726b8a42fb575c",
        "f5ca38f748a1d6eaf726b8a42fb575c33",
        "F5CA38F748A1D6EAF726B8A42FB575C3",
        "g5ca38f748a1d6eaf726b8a42fb575c3"
      })
  void aCursorOfAnotherFormIsRefused(String cursor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Position(cursor))
        .withMessage("A position is 32 hexadecimal digits in lower case");
  }
}
