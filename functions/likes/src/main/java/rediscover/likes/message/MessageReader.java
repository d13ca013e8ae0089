package rediscover.likes.message;

import static rediscover.likes.message.LikesMessage.MAX_BYTES;
import static rediscover.likes.message.LikesMessage.MAX_LIKES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/** Reads a message's JSON. It trusts nothing, because the sender may be anybody. */
final class MessageReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  private final JsonParser parser;

  private MessageReader(JsonParser parser) {
    this.parser = parser;
  }

  static LikesMessage read(String json) {
    if (json == null) {
      throw new MalformedMessageException("The message is empty");
    }
    if (Utf8.length(json) > MAX_BYTES) {
      throw new MalformedMessageException(
          "The message is larger than %d bytes".formatted(MAX_BYTES));
    }
    try (JsonParser parser = JSON.createParser(json)) {
      return new MessageReader(parser).message();
    } catch (StreamConstraintsException e) {
      throw new MalformedMessageException("The message is nested too deeply or has a huge number");
    } catch (JsonProcessingException e) {
      // Without e as the cause: its message quotes the text.
      throw new MalformedMessageException(
          "The message is not JSON: see line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot fail to be read", e);
    }
  }

  private LikesMessage message() throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "The message is not a JSON object");
    Optional<UserName> user = Optional.empty();
    List<Like> likes = List.of();
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      switch (field) {
        case "user" -> user = Optional.of(user());
        case "likes" -> likes = likes();
        default -> parser.skipChildren();
      }
    }
    require(parser.nextToken() == null, "Something follows the message's JSON object");
    require(user.isPresent(), "The message has no user");
    require(!likes.isEmpty(), "The message has no likes");
    return new LikesMessage(user.get(), likes);
  }

  private UserName user() throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_STRING, "user is not a string");
    try {
      return new UserName(parser.getText());
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException("user: " + e.getMessage());
    }
  }

  private List<Like> likes() throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY, "likes is not an array");
    List<Like> likes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(likes.size() < MAX_LIKES, "likes holds more than %d likes".formatted(MAX_LIKES));
      likes.add(like("likes[" + likes.size() + "]"));
    }
    return likes;
  }

  private Like like(String place) throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, place + " is not an object");
    Optional<String> tweetId = Optional.empty();
    Optional<String> text = Optional.empty();
    Optional<String> url = Optional.empty();
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      switch (field) {
        case "tweetId" -> tweetId = string(place + ".tweetId");
        case "text" -> text = string(place + ".text");
        case "url" -> url = string(place + ".url");
        default -> parser.skipChildren();
      }
    }
    require(tweetId.isPresent(), place + " has no tweetId");
    try {
      return new Like(tweetId.get(), text, url);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException(place + ": " + e.getMessage());
    }
  }

  private Optional<String> string(String place) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> Optional.of(parser.getText());
      case VALUE_NULL -> Optional.empty();
      default -> throw new MalformedMessageException(place + " is not a string");
    };
  }

  private static void require(boolean kept, String otherwise) {
    if (!kept) {
      throw new MalformedMessageException(otherwise);
    }
  }
}
