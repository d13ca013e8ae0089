package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import rediscover.likes.HtmlText;
import rediscover.likes.Like;

/**
 * The likes in the file {@code data/like.js} of an X archive. It reads the file once, one like at a
 * time, so the file may have any size. X has changed the form over the years. This reads all forms:
 *
 * <pre>{@code
 * window.YTD.like.part0 = [
 *   {
 *     "like" : {
 *       "tweetId" : "1697051672621597026",
 *       "fullText" : "text as HTML, missing if the account had no access to the post",
 *       "expandedUrl" : "https://twitter.com/i/web/status/1697051672621597026"
 *     }
 *   }
 * ]
 * }</pre>
 */
final class LikeArchive {
  /** X writes the name of a variable before the array, and may write more one day. */
  private static final int MAX_CHARACTERS_BEFORE_EQUALS_SIGN = 65_536;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1_048_576)
                  .build())
          // Otherwise it would keep all field names, and a file may have any number of them.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final Reader file;
  private JsonParser parser;
  private long entries;
  private long unusableEntries;
  private long firstUnusableEntry;

  /**
   * @param file is read to its end, and not closed
   */
  LikeArchive(InputStream file) {
    // A decoder reports what is not UTF-8. A charset would replace it.
    this.file = new BufferedReader(new InputStreamReader(file, UTF_8.newDecoder()));
  }

  /**
   * Reads the whole file and passes on its likes in order. It skips an entry without a tweet ID:
   * {@link #requireAllUsable} reports it.
   *
   * @throws MalformedArchiveException if the file is malformed. The likes before that place have
   *     been passed on
   * @throws IOException if the file could not be read
   */
  void forEach(Consumer<Like> action) throws IOException {
    try {
      skipVariable();
      parser = JSON.createParser(file);
      require(parser.nextToken() == JsonToken.START_ARRAY, "no array follows the '='");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        entries++;
        entry().ifPresentOrElse(action, this::countUnusable);
      }
      requireEnd();
    } catch (StreamConstraintsException e) {
      throw malformed("it is nested too deeply or has too long a value");
    } catch (JsonProcessingException e) {
      // Without e as the cause: its message quotes the text.
      throw malformed("it is not JSON, or it is cut off");
    } catch (CharacterCodingException e) {
      throw malformed("it is not UTF-8 text");
    }
  }

  /** The number of likes handed over so far. */
  long likes() {
    return entries - unusableEntries;
  }

  /**
   * Call it after {@link #forEach}.
   *
   * @throws MalformedArchiveException if any entry had no usable tweet ID
   */
  void requireAllUsable() {
    if (unusableEntries > 0) {
      throw new MalformedArchiveException(
          "%d of %d entries have no tweet id, the first is entry %d; the others are imported"
              .formatted(unusableEntries, entries, firstUnusableEntry));
    }
  }

  private void skipVariable() throws IOException {
    for (int i = 0; i < MAX_CHARACTERS_BEFORE_EQUALS_SIGN; i++) {
      int character = file.read();
      if (character == '=') {
        return;
      }
      require(character != -1, "it has no '='");
    }
    throw malformed("it has no '=' near its start");
  }

  private Optional<Like> entry() throws IOException {
    Optional<Like> like = Optional.empty();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        parser.nextToken();
        if (field.equals("like")) {
          like = like();
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
    return like;
  }

  private Optional<Like> like() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return Optional.empty();
    }
    Optional<String> tweetId = Optional.empty();
    Optional<String> text = Optional.empty();
    Optional<String> url = Optional.empty();
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      switch (field) {
        case "tweetId" -> tweetId = stringOrNumber();
        case "fullText" -> text = string();
        case "expandedUrl" -> url = string();
        default -> parser.skipChildren();
      }
    }
    if (tweetId.isEmpty() || !Like.isTweetId(tweetId.get())) {
      return Optional.empty();
    }
    return Optional.of(
        new Like(tweetId.get(), text.map(HtmlText::unescape), url.filter(Like::isUrl)));
  }

  private Optional<String> stringOrNumber() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Optional.of(parser.getText())
        : string();
  }

  private Optional<String> string() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Optional.of(parser.getText());
    }
    parser.skipChildren();
    return Optional.empty();
  }

  private void countUnusable() {
    unusableEntries++;
    if (unusableEntries == 1) {
      firstUnusableEntry = entries;
    }
  }

  /** A semicolon may follow the array. The parser has read ahead. */
  private void requireEnd() throws IOException {
    StringWriter readAhead = new StringWriter();
    parser.releaseBuffered(readAhead);
    boolean semicolon = false;
    for (Reader rest : List.of(new StringReader(readAhead.toString()), file)) {
      for (int character = rest.read(); character != -1; character = rest.read()) {
        boolean first = character == ';' && !semicolon;
        require(first || Character.isWhitespace(character), "something follows the array");
        semicolon |= first;
      }
    }
  }

  private void require(boolean kept, String otherwise) {
    if (!kept) {
      throw malformed(otherwise);
    }
  }

  private MalformedArchiveException malformed(String reason) {
    String place = entries == 0 ? "" : ", near entry " + entries;
    return new MalformedArchiveException(
        "This is not the like.js of an X archive: " + reason + place);
  }
}
