package rediscover.likes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {
  @Test
  void capitalsMakeNoDifference() {
    assertThat(new UserName("Some_User1")).isEqualTo(new UserName("some_user1"));
    assertThat(new UserName("Some_User1").value()).isEqualTo("some_user1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "sixteen_letters_", "a-b", "a/b", "é", "٣", "a\n", "@a"})
  void whatXTakesForNoNameIsRefusedWithoutQuotingIt(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserName(name))
        .withMessage("A name on X is 1 to 15 letters without accents, digits and underscores.");
  }
}
