package rediscover.likes.message;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.likes.message.LikesMessage.MAX_BYTES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rediscover.likes.Like;
import rediscover.likes.UserName;

class MessagePackerTest {
  private static final UserName USER = new UserName("sample");

  @Test
  void noLikesMakeNoMessage() {
    assertThat(pack(List.of())).isEmpty();
  }

  @Test
  void theHundredthLikeFillsAMessage() {
    MessagePacker packer = new MessagePacker(USER);
    for (int i = 1; i < 100; i++) {
      assertThat(packer.add(Like.of("1"))).isEmpty();
    }
    assertThat(packer.add(Like.of("1")))
        .hasValueSatisfying(message -> assertThat(message.likes()).hasSize(100));
    assertThat(packer.last()).isEmpty();
  }

  @Test
  void aMessageMayHaveExactlyTheLargestSize() {
    int frame = Utf8.length(new LikesMessage(USER, List.of(like("a"))).toJson()) - 1;
    Like largest = like("a".repeat(MAX_BYTES - frame));
    assertThat(pack(List.of(largest))).containsExactly(new LikesMessage(USER, List.of(largest)));

    int two = Utf8.length(new LikesMessage(USER, List.of(like("a"), like("a"))).toJson()) - 2;
    Like first = like("a".repeat(100_000));
    Like second = like("a".repeat(MAX_BYTES - two - 100_000));
    assertThat(pack(List.of(first, second))).hasSize(1);
    assertThat(pack(List.of(first, like(second.text().orElseThrow() + "a")))).hasSize(2);
  }

  @Test
  void aLikeWhoseTextIsTooLargeForAnyMessageGoesWithoutIt() {
    Optional<String> url = Optional.of("https://x.com/i/status/20");
    Like huge = new Like("20", Optional.of("a".repeat(MAX_BYTES)), url);
    assertThat(pack(List.of(Like.of("1"), huge)))
        .containsExactly(
            new LikesMessage(USER, List.of(Like.of("1"), new Like("20", Optional.empty(), url))));
  }

  private static Like like(String text) {
    return new Like("20", Optional.of(text), Optional.empty());
  }

  private static List<LikesMessage> pack(List<Like> likes) {
    MessagePacker packer = new MessagePacker(USER);
    List<LikesMessage> messages = new ArrayList<>();
    likes.forEach(like -> packer.add(like).ifPresent(messages::add));
    packer.last().ifPresent(messages::add);
    return messages;
  }
}
