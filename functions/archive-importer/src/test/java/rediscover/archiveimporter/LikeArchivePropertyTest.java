package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import rediscover.likes.Like;

class LikeArchivePropertyTest {
  private static final byte[] VALID =
      """
      window.YTD.like.part0 = [
        {
          "like" : {
            "tweetId" : "1697051672621597026",
            "fullText" : "漢字 😀 &amp; https://t.co/IaCJlkaweW",
            "expandedUrl" : "https://twitter.com/i/web/status/1697051672621597026"
          }
        },
        {
          "like" : {
            "tweetId" : "20"
          }
        }
      ]
      """
          .getBytes(UTF_8);

  @Property
  void anyBytesAreLikesOrMalformed(@ForAll byte[] file) throws IOException {
    assertLikesOrMalformed(file);
  }

  @Property
  void anyBytesAfterTheVariableAreLikesOrMalformed(@ForAll byte[] bytes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("x=[".getBytes(UTF_8));
    file.writeBytes(bytes);
    assertLikesOrMalformed(file.toByteArray());
  }

  @Property(tries = 5_000)
  void anyPiecesOfAnArchiveAreLikesOrMalformed(@ForAll("pieces") List<String> pieces)
      throws IOException {
    assertLikesOrMalformed(("x=[" + String.join("", pieces)).getBytes(UTF_8));
  }

  @Property(tries = 5_000)
  void aChangedArchiveIsLikesOrMalformed(@ForAll int place, @ForAll byte changed)
      throws IOException {
    byte[] file = VALID.clone();
    file[Math.floorMod(place, file.length)] = changed;
    assertLikesOrMalformed(file);
  }

  @Property
  void anArchiveThatIsCutOffAnywhereIsMalformed(@ForAll int place) {
    int length = Math.floorMod(place, VALID.length - "]\n".length());
    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> likes(Arrays.copyOf(VALID, length)));
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
            ";",
            " ",
            "\"",
            "\\",
            "1",
            "-1e999",
            "null",
            "\uFEFF",
            "{\"like\":",
            "\"tweetId\":",
            "\"fullText\":",
            "\"expandedUrl\":",
            "\"20\"",
            "\"x\"",
            "{\"like\":{\"tweetId\":\"20\"}}",
            "&amp;",
            "\u0000")
        .list()
        .ofMaxSize(20);
  }

  private static void assertLikesOrMalformed(byte[] file) throws IOException {
    try {
      assertThat(likes(file)).allMatch(like -> Like.isTweetId(like.tweetId()));
    } catch (MalformedArchiveException e) {
      assertThat(e).hasNoCause();
    }
  }

  private static List<Like> likes(byte[] file) throws IOException {
    List<Like> likes = new ArrayList<>();
    new LikeArchive(new ByteArrayInputStream(file)).forEach(likes::add);
    return likes;
  }
}
