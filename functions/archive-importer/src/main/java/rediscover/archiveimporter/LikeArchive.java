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
 * The likes in the file {@code data/like.js} of an X archive, read once and one at a time, so that
 * the file may have any size. X has changed the file's form over the years; this reads all of them:
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
  /** Before the array comes the name of a variable, and whatever X may once put there. */
  private static final int MAX_CHARACTERS_BEFORE_EQUALS_SIGN = 65_536;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1_048_576)
                  .build())
          // It would remember all names of fields, and a file may have endlessly many.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final Reader file;
  private JsonParser parser;
  private long entries;
  private long unusableEntries;
  private long firstUnusableEntry;

  /**
   * @param file is read as far as the file goes, and not closed
   */
  LikeArchive(InputStream file) {
    // With a charset instead of a decoder, what is not UTF-8 would be replaced, not reported.
    this.file = new BufferedReader(new InputStreamReader(file, UTF_8.newDecoder()));
  }

  /**
   * Reads the whole file and hands over its likes in their order. An entry without a tweet id is
   * left out; {@link #requireAllUsable} tells.
   *
   * @throws MalformedArchiveException if the file has another form, after the likes before that
   *     place have been handed over
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
      // Not e as the cause: its message quotes the text around the fault.
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
   * To be asked when all likes have been read and dealt with.
   *
   * @throws MalformedArchiveException if any entry had no tweet id that can be one
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

  /** After the array may come a semicolon; the parser has read ahead. */
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
