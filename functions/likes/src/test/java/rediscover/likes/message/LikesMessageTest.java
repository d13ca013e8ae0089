package rediscover.likes.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;

class LikesMessageTest {
  private static final UserName USER = new UserName("sample");

  @Test
  void aMessageHoldsUserAndLikes() {
    String json =
        """
        {"user": "Sample", "likes": [
          {"tweetId": "20", "text": "just setting up", "url": "https://x.com/i/status/20"},
          {"tweetId": "21"},
          {"tweetId": "22", "text": null, "url": null}]}
        """;
    assertThat(LikesMessage.parse(json))
        .isEqualTo(
            new LikesMessage(
                USER,
                List.of(
                    new Like(
                        "20",
                        Optional.of("just setting up"),
                        Optional.of("https://x.com/i/status/20")),
                    Like.of("21"),
                    Like.of("22"))));
  }

  @Test
  void unknownFieldsAreIgnored() {
    String json =
        """
        {"v": 2, "user": "sample", "extra": {"likes": [1]},
         "likes": [{"tweetId": "20", "author": {"name": ["a"]}}]}
        """;
    assertThat(LikesMessage.parse(json)).isEqualTo(new LikesMessage(USER, List.of(Like.of("20"))));
  }

  @Test
  void whatIsWrittenHasNoCharacterThatSqsRefuses() {
    String text = "\u0000\u0001 é 漢 😀 \uFFFE\uFFFF\uFFFD";
    String json = messageWith(text).toJson();
    assertThat(json.chars()).allMatch(c -> c >= ' ' && c <= 0xD7FF);
    assertThat(LikesMessage.parse(json)).isEqualTo(messageWith(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The message is not a JSON object",
        "[] | The message is not a JSON object",
        "secret | The message is not JSON: see line 1, column 1",
        "{\"user\": \"a\", \"likes\" | The message is not JSON: see line 1, column 22",
        "{\"likes\":[{\"tweetId\":\"1\"}]} | The message has no user",
        "{\"user\":null,\"likes\":[{\"tweetId\":\"1\"}]} | user is not a string",
        "{\"user\":\"s e\",\"likes\":[]} | user: A name on X is 1 to 15 letters without accents,"
            + " digits and underscores.",
        "{\"user\":\"a\"} | The message has no likes",
        "{\"user\":\"a\",\"likes\":[]} | The message has no likes",
        "{\"user\":\"a\",\"likes\":{}} | likes is not an array",
        "{\"user\":\"a\",\"likes\":[\"1\"]} | likes[0] is not an object",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\"},{}]} | likes[1] has no tweetId",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":1}]} | likes[0].tweetId is not a string",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"s\"}]} | likes[0]: A tweet id is 1 to 20 digits",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\",\"text\":[]}]} | likes[0].text is not a"
            + " string",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\",\"url\":\"secret\"}]} | likes[0]: A like's"
            + " URL is http or https and at most 2048 characters",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\"}]} secret | The message is not JSON: see"
            + " line 1, column 40",
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\"}]} {} | Something follows the message's JSON"
            + " object",
      })
  void whatBreaksTheContractIsNamedWithoutQuotingIt(String json, String reason) {
    assertThatMalformed(json, reason);
  }

  @Test
  void noMessageAtAllIsMalformed() {
    assertThatMalformed(null, "The message is empty");
  }

  @Test
  void aMessageHoldsAtMost100Likes() {
    assertThat(LikesMessage.parse(jsonWith(100)).likes()).hasSize(100);
    assertThatMalformed(jsonWith(101), "likes holds more than 100 likes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LikesMessage(USER, Collections.nCopies(101, Like.of("1"))))
        .withMessage("A message holds 1 to 100 likes, not 101");
    assertThatIllegalArgumentException().isThrownBy(() -> new LikesMessage(USER, List.of()));
  }

  @Test
  void aMessageHasAtMost262144Bytes() {
    String json = jsonWith(1);
    String largest = json + " ".repeat(262_144 - json.length());
    assertThat(LikesMessage.parse(largest)).isEqualTo(LikesMessage.parse(json));
    assertThatMalformed(largest + " ", "The message is larger than 262144 bytes");
    assertThatMalformed(json + "é".repeat(131_072), "The message is larger than 262144 bytes");
    assertThatIllegalStateException().isThrownBy(() -> messageWith("a".repeat(262_144)).toJson());
  }

  @Test
  void deepNestingIsMalformed() {
    assertThatMalformed(
        "{\"x\":" + "[".repeat(100_000), "The message is nested too deeply or has a huge number");
  }

  private static void assertThatMalformed(String json, String reason) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> LikesMessage.parse(json))
        .withMessage(reason)
        .withNoCause();
  }

  private static LikesMessage messageWith(String text) {
    return new LikesMessage(USER, List.of(new Like("1", Optional.of(text), Optional.empty())));
  }

  private static String jsonWith(int likes) {
    String elements = String.join(",", Collections.nCopies(likes, "{\"tweetId\":\"1\"}"));
    return "{\"user\":\"sample\",\"likes\":[" + elements + "]}";
  }
}
