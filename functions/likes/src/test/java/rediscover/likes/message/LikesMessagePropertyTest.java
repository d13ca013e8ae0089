package rediscover.likes.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import rediscover.likes.Like;
import rediscover.likes.UserName;

class LikesMessagePropertyTest {
  private static final String SECRET = "secret";

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("users") UserName user, @ForAll("likes") List<Like> likes) {
    LikesMessage message = new LikesMessage(user, likes);
    assertThat(LikesMessage.parse(message.toJson())).isEqualTo(message);
  }

  @Property
  void anyTextIsAMessageOrMalformed(@ForAll String text) {
    assertIsAMessageOrMalformed(text);
  }

  @Property
  void anyBytesAreAMessageOrMalformed(@ForAll byte[] bytes) {
    assertIsAMessageOrMalformed(new String(bytes, UTF_8));
  }

  /** Pieces of real messages in any order come further into the reader than any text would. */
  @Property(tries = 5_000)
  void anyPiecesOfAMessageAreAMessageOrMalformed(@ForAll("pieces") List<String> pieces) {
    assertIsAMessageOrMalformed(String.join("", pieces));
  }

  @Property
  void aChangedMessageIsAMessageOrMalformed(
      @ForAll("likes") List<Like> likes, @ForAll int place, @ForAll char changed) {
    StringBuilder json = new StringBuilder(new LikesMessage(new UserName("a"), likes).toJson());
    json.setCharAt(Math.floorMod(place, json.length()), changed);
    assertIsAMessageOrMalformed(json.toString());
  }

  /** A value of another kind, a field too many or too few: JSON all the same. */
  @Property(tries = 5_000)
  void anotherStructureIsAMessageOrMalformedAndNeverQuoted(@ForAll("structures") String json) {
    try {
      assertThat(LikesMessage.parse(json).likes()).isNotEmpty();
    } catch (MalformedMessageException e) {
      assertThat(e).hasNoCause().hasMessageNotContaining(SECRET);
    }
  }

  @Provide
  Arbitrary<String> structures() {
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "true",
            "20",
            "-1.5e300",
            "{}",
            "[]",
            "[[]]",
            "\"\"",
            "\"20\"",
            "\"%s\"".formatted(SECRET),
            "{\"%s\":\"%s\"}".formatted(SECRET, SECRET),
            "[\"%s\"]".formatted(SECRET),
            "\"https://%s/ %s\"".formatted(SECRET, SECRET),
            "\"\\ud83d\"",
            "1".repeat(2_000));
    Arbitrary<String> likes =
        fields(Arbitraries.of("tweetId", "text", "url", SECRET), values)
            .list()
            .ofMaxSize(3)
            .map(all -> "[" + String.join(",", all) + "]");
    return fields(
        Arbitraries.of("user", "likes", "likes", SECRET), Arbitraries.oneOf(likes, likes, values));
  }

  private static Arbitrary<String> fields(Arbitrary<String> names, Arbitrary<String> values) {
    return Combinators.combine(names, values)
        .as((name, value) -> "\"" + name + "\":" + value)
        .list()
        .ofMaxSize(4)
        .map(fields -> "{" + String.join(",", fields) + "}");
  }

  @Provide
  Arbitrary<UserName> users() {
    return Likes.users();
  }

  @Provide
  Arbitrary<List<Like>> likes() {
    return Likes.any(40).list().ofMinSize(1).ofMaxSize(10);
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "\"",
            "\\",
            "1",
            "1e999",
            "null",
            "true",
            "\"user\"",
            "\"likes\"",
            "\"tweetId\"",
            "\"text\"",
            "\"url\"",
            "\"x\"",
            "\"20\"",
            "{\"user\":\"a\",\"likes\":[",
            "{\"tweetId\":\"20\"",
            "\uFEFF",
            "\uD83D")
        .list()
        .ofMaxSize(20);
  }

  private static void assertIsAMessageOrMalformed(String text) {
    try {
      assertThat(LikesMessage.parse(text).likes()).isNotEmpty();
    } catch (MalformedMessageException e) {
      assertThat(e).hasNoCause().hasMessageNotContaining("Exception");
    }
  }
}
