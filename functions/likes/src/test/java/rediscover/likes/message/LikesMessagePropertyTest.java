package rediscover.likes.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import rediscover.likes.Like;
import rediscover.likes.UserName;

class LikesMessagePropertyTest {
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
    StringBuilder json = new StringBuilder(new LikesMessage(UserName.of("a"), likes).toJson());
    json.setCharAt(Math.floorMod(place, json.length()), changed);
    assertIsAMessageOrMalformed(json.toString());
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
