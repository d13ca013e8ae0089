package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to whatever people and scanners type into an address. */
abstract class HttpInputScenarios {

  private static final String NO_NAME =
      "A name on X is 1 to 15 letters without accents, digits and underscores.";
  private static final String NO_CURSOR =
      "This cursor comes from no answer of this API. Leave it out to get a random like.";

  private final Stage stage;
  private final Doors doors;

  HttpInputScenarios(Stage stage, Doors doors) {
    this.stage = stage;
    this.doors = doors;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a hyphen            | no-such-name",
        "16 letters          | sixteen_letters_",
        "10,000 letters      | *",
        "an at sign          | @sample",
        "a blank             | a%20b",
        "a plus              | a+b",
        "a slash             | a%2Fb",
        "a dot-dot           | ..%2F..%2Fetc%2Fpasswd",
        "a line break        | sample%0A",
        "an accent           | %C3%A9t%C3%A9",
        "a full-width letter | %EF%BC%A1",
        "an Arabic digit     | %D9%A3",
        "an emoji            | %F0%9F%98%80",
        "no UTF-8            | %FF%FE",
        "overlong UTF-8      | %C0%AFetc",
        "encoded twice       | %2541",
        "markup              | %3Cscript%3E",
        "SQL                 | a'%20OR%201=1",
        "an expression       | $%7Bjndi:x%7D"
      })
  void aNameThatCannotBeIsRefused(String what, String name) {
    HttpAnswer answer = stage.get("/u/" + name.replace("*", "a".repeat(10_000)));

    assertThat(answer.status()).as(what).isEqualTo(400);
    assertThat(answer.field("detail")).as(what).isEqualTo(NO_NAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "none                   | after=",
        "not even a value       | after",
        "a word                 | after=here",
        "capitals               | after=F5CA38F748A1D6EAF726B8A42FB575C3",
        "one digit too few      | after=f5ca38f748a1d6eaf726b8a42fb575c",
        "one digit too many     | after=f5ca38f748a1d6eaf726b8a42fb575c33",
        "a line break at its end| after=f5ca38f748a1d6eaf726b8a42fb575c3%0A",
        "two of them            | after=f5ca38f748a1d6eaf726b8a42fb575c3&after=f5ca38f748a1d6eaf726b8a42fb575c3",
        "no UTF-8               | after=%FF",
        "8,000 digits           | after=*"
      })
  void aCursorThatCannotBeIsRefused(String what, String query) {
    HttpAnswer answer =
        stage.get("/u/" + Some.user() + "?" + query.replace("*", "0".repeat(8_000)));

    assertThat(answer.status()).as(what).isEqualTo(400);
    assertThat(answer.field("detail")).as(what).isEqualTo(NO_CURSOR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?", "?&&", "?=", "?AFTER=here", "?before=here", "?x=%00&y=%F0%9F%98%80"})
  void aQueryOfOtherNamesIsIgnored(String query) {
    String user = userWithALike();

    assertThat(stage.get("/u/" + user + query).status()).isEqualTo(200);
  }

  @Test
  void aCharacterOfANameMayBeEncoded() {
    String user = userWithALike();

    assertThat(stage.get("/u/%75" + user.substring(1)).field("user")).isEqualTo(user);
  }

  private String userWithALike() {
    String user = Some.user();
    doors.send(Some.message(user, Some.tweetIds(1)));
    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(1));
    return user;
  }
}
