package rediscover.randomlike.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XCredentialsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b,c,d", " a , b\t,c ,d\n", "a,\nb,\nc,\nd\n", "a,\r\nb,\r\nc,\r\nd\r\n"})
  void blanksAndLineBreaksAroundTheValuesDoNotMatter(String value) {
    assertThat(XCredentials.parse(value)).isEqualTo(new XCredentials("a", "b", "c", "d"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'found 1, of which 1 blank'",
    "secret, 'found 1, of which 0 blank'",
    "'secret,secret,secret', 'found 3, of which 0 blank'",
    "'secret,secret,secret,secret,secret', 'found 5, of which 0 blank'",
    "'secret,,secret,secret', 'found 4, of which 1 blank'",
    "'secret,secret,secret, ', 'found 4, of which 1 blank'",
    "'secret,secret,secret,secret,', 'found 5, of which 1 blank'"
  })
  void anythingElseIsMalformedAndNotQuoted(String value, String problem) {
    assertThatThrownBy(() -> XCredentials.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret");
  }

  @Test
  void theirTextHoldsNoneOfThem() {
    assertThat(new XCredentials("one", "two", "three", "four").toString())
        .doesNotContain("one", "two", "three", "four");
  }
}
