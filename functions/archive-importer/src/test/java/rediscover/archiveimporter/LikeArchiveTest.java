package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Like;

class LikeArchiveTest {
  @Test
  void anArchiveOf2018HoldsOnlyTweetIds() throws IOException {
    String file =
        """
        window.YTD.like.part0 = [ {
          "like" : {
            "tweetId" : "1072913000000000001"
          }
        }, {
          "like" : {
            "tweetId" : "20"
          }
        } ]""";
    assertThat(likes(file)).containsExactly(Like.of("1072913000000000001"), Like.of("20"));
  }

  @Test
  void anArchiveOf2021BeginsOnOneLine() throws IOException {
    String file =
        """
        window.YTD.like.part0 = [ {
          "like" : {
            "tweetId" : "20",
            "fullText" : "just setting up my twttr",
            "expandedUrl" : "https://twitter.com/i/web/status/20"
          }
        }, {
          "like" : {
            "tweetId" : "21",
            "fullText" : "a second one",
            "expandedUrl" : "https://twitter.com/i/web/status/21"
          }
        } ]""";
    assertThat(likes(file))
        .containsExactly(like("20", "just setting up my twttr"), like("21", "a second one"));
  }

  @Test
  void anArchiveOf2022AndLaterMayLackAText() throws IOException {
    String file =
        """
        window.YTD.like.part0 = [
          {
            "like" : {
              "tweetId" : "1697051672621597026",
              "fullText" : "漢字 😀 é … https://t.co/IaCJlkaweW",
              "expandedUrl" : "https://twitter.com/i/web/status/1697051672621597026"
            }
          },
          {
            "like" : {
              "tweetId" : "20",
              "expandedUrl" : "https://twitter.com/i/web/status/20"
            }
          }
        ]""";
    assertThat(likes(file))
        .containsExactly(
            like("1697051672621597026", "漢字 😀 é … https://t.co/IaCJlkaweW"),
            new Like("20", Optional.empty(), Optional.of("https://twitter.com/i/web/status/20")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window.YTD.like.part1 = [{\"like\":{\"tweetId\":\"20\"}}]",
        "\uFEFFwindow.YTD.like.part0 = [{\"like\":{\"tweetId\":\"20\"}}]",
        "=[{\"like\":{\"tweetId\":\"20\"}}]",
        "// any comment\r\nvar x =\r\n[{\"like\":{\"tweetId\":\"20\"}}] ;\r\n\r\n",
        "x=[{\"like\":{\"tweetId\":20}}];",
        "x=[{\"v\":[{}],\"like\":{\"new\":{\"a\":[1]},\"tweetId\":\"20\",\"more\":null}}]",
        "x=[{\"like\":{\"tweetId\":\"20\",\"fullText\":null,\"expandedUrl\":7}}]",
        "x=[{\"like\":{\"tweetId\":\"20\",\"fullText\":\"\",\"expandedUrl\":\"\"}}]",
        "x=[{\"like\":{\"tweetId\":\"20\",\"expandedUrl\":\"javascript:alert(1)\"}}]"
      })
  void otherFormsAreReadAsWell(String file) throws IOException {
    assertThat(likes(file)).containsExactly(Like.of("20"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"window.YTD.like.part0 = []", "window.YTD.like.part0 = [ ];\n"})
  void anArchiveMayHoldNoLike(String file) throws IOException {
    assertThat(likes(file)).isEmpty();
  }

  @Test
  void htmlEntitiesBecomeText() throws IOException {
    String file =
        "x=[{\"like\":{\"tweetId\":\"20\",\"fullText\":\"Q&amp;A &lt;3 &amp;lt; &#39;hi&#39;\","
            + "\"expandedUrl\":\"https://twitter.com/i/web/status/20\"}}]";
    assertThat(likes(file)).containsExactly(like("20", "Q&A <3 &lt; 'hi'"));
  }

  @Test
  void entriesWithoutATweetIdAreLeftOutAndToldOfAtTheEnd() throws IOException {
    String file =
        """
        x = [
          {"like": {"tweetId": "20"}},
          {"like": {"fullText": "no id"}},
          {"like": {"tweetId": "secret"}},
          {"like": {"tweetId": 1.5}},
          {"like": {"tweetId": ["20"]}},
          {"like": ["20"]},
          {"tweet": {"tweetId": "20"}},
          {},
          "20", 20, null, [{"like": {"tweetId": "20"}}],
          {"like": {"tweetId": "21"}}
        ]""";
    List<Like> likes = new ArrayList<>();
    LikeArchive archive = archive(file);

    archive.forEach(likes::add);

    assertThat(likes).containsExactly(Like.of("20"), Like.of("21"));
    assertThat(archive.likes()).isEqualTo(2);
    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(archive::requireAllUsable)
        .withMessage(
            "11 of 13 entries have no tweet id, the first is entry 2; the others are imported");
  }

  @Test
  void anArchiveWithoutSuchEntriesIsUsable() throws IOException {
    LikeArchive archive = archive("x=[{\"like\":{\"tweetId\":\"20\"}}]");
    archive.forEach(like -> {});
    assertThatCode(archive::requireAllUsable).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it has no '='",
        "secret | it has no '='",
        "x= | no array follows the '='",
        "x={} | no array follows the '='",
        "x=secret | it is not JSON, or it is cut off",
        "x=[ | it is not JSON, or it is cut off",
        "x=[{} secret | it is not JSON, or it is cut off, near entry 1",
        "x=[{\"like\":{\"tweetId\":\"20\"}},{\"like | it is not JSON, or it is cut off, near entry 2",
        "x=[{}];; | something follows the array, near entry 1",
        "x=[{}] secret | something follows the array, near entry 1",
        "x=[] [] | something follows the array",
      })
  void anotherFormIsRefusedWithoutQuotingIt(String file, String reason) {
    assertMalformed(file.getBytes(UTF_8), reason);
  }

  @Test
  void aZipIsRefused() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("data/like.js"));
      entries.write("window.YTD.like.part0 = []".repeat(1_000).getBytes(UTF_8));
    }
    assertMalformed(zip.toByteArray(), "it is not UTF-8 text");
  }

  @Test
  void otherEncodingsAreRefused() {
    String file = "window.YTD.like.part0 = [{\"like\":{\"tweetId\":\"20\"}}]";
    assertMalformed(file.getBytes(UTF_16), "it is not UTF-8 text");
    assertMalformed(file.getBytes(UTF_16LE), "it is not JSON, or it is cut off");
    assertMalformed(
        "x=[{\"like\":{\"fullText\":\"caf\u00e9\"}}]".getBytes(ISO_8859_1), "it is not UTF-8 text");
  }

  @Test
  void aFileWithoutAnEqualsSignIsNotReadToItsEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> new LikeArchive(endless).forEach(like -> {}))
        .withMessageEndingWith("it has no '=' near its start");
  }

  @Test
  void deepNestingAndHugeTextsAreRefused() {
    String reason = "it is nested too deeply or has too long a value, near entry 2";
    assertMalformed(("x=[{}," + "[".repeat(1_000_000)).getBytes(UTF_8), reason);
    String huge = "a".repeat(2_000_000);
    assertMalformed(("x=[{},{\"like\":{\"fullText\":\"" + huge).getBytes(UTF_8), reason);
  }

  @Test
  void likesBeforeAFaultAreHandedOver() {
    List<Like> likes = new ArrayList<>();
    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> archive("x=[{\"like\":{\"tweetId\":\"20\"}},oops").forEach(likes::add));
    assertThat(likes).containsExactly(Like.of("20"));
  }

  @Test
  void aFailureToReadIsNoFaultOfTheFile() {
    IOException broken = new IOException("connection reset");
    InputStream breaking =
        new SequenceInputStream(
            stream("x=[{\"like\":{\"tweetId\":\"20\"}},"),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }
            });
    assertThatIOException()
        .isThrownBy(() -> new LikeArchive(breaking).forEach(like -> {}))
        .isSameAs(broken);
  }

  private static void assertMalformed(byte[] file, String reason) {
    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> new LikeArchive(new ByteArrayInputStream(file)).forEach(like -> {}))
        .withMessage("This is not the like.js of an X archive: " + reason)
        .withNoCause();
  }

  private static List<Like> likes(String file) throws IOException {
    List<Like> likes = new ArrayList<>();
    archive(file).forEach(likes::add);
    return likes;
  }

  private static LikeArchive archive(String file) {
    return new LikeArchive(stream(file));
  }

  private static InputStream stream(String file) {
    return new ByteArrayInputStream(file.getBytes(UTF_8));
  }

  private static Like like(String tweetId, String text) {
    return new Like(
        tweetId, Optional.of(text), Optional.of("https://twitter.com/i/web/status/" + tweetId));
  }
}
