package rediscover.likes.message;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.likes.message.LikesMessage.MAX_BYTES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import rediscover.likes.Like;
import rediscover.likes.UserName;

class MessagePackerPropertyTest {
  private static final UserName USER = new UserName("sample");

  @Property(tries = 50)
  void shortLikesTakeAsFewMessagesAsTheyCan(@ForAll @IntRange(max = 1_000) int number) {
    List<Like> likes =
        IntStream.range(0, number).mapToObj(id -> Like.of(Integer.toString(id))).toList();
    assertThat(pack(likes)).hasSize((number + 99) / 100);
  }

  @Property(tries = 100)
  void allLikesComeInOrderAndEachMessageIsAsFullAsItCanBe(@ForAll("likes") List<Like> likes) {
    List<LikesMessage> messages = pack(likes);
    assertThat(messages.stream().flatMap(message -> message.likes().stream()))
        .containsExactlyElementsOf(likes);
    for (int i = 0; i < messages.size(); i++) {
      LikesMessage message = messages.get(i);
      int size = Utf8.length(message.toJson());
      assertThat(size).isLessThanOrEqualTo(MAX_BYTES);
      if (i + 1 < messages.size() && message.likes().size() < LikesMessage.MAX_LIKES) {
        Like next = messages.get(i + 1).likes().getFirst();
        assertThat(size + ",".length() + MessageWriter.size(next)).isGreaterThan(MAX_BYTES);
      }
    }
  }

  @Provide
  Arbitrary<List<Like>> likes() {
    Arbitrary<Like> longLikes =
        Arbitraries.of("a", "é", "漢", "😀", "\"", "\u0000")
            .flatMap(c -> Arbitraries.integers().between(0, 20_000).map(c::repeat))
            .map(MessagePackerPropertyTest::like);
    return Arbitraries.frequencyOf(Tuple.of(3, Likes.any(40)), Tuple.of(1, longLikes))
        .list()
        .ofMaxSize(250);
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
