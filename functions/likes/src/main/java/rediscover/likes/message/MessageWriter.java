package rediscover.likes.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/** Writes a message's JSON. */
final class MessageWriter {
  /**
   * SQS rejects U+FFFE, U+FFFF and control characters, and JSON has an escape for each. All above
   * this character is escaped, which makes emoji longer but needs no list of what is allowed: <a
   * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">
   * SendMessage</a>.
   */
  private static final int LAST_UNESCAPED = 0xD7FF;

  private static final JsonFactory JSON = new JsonFactory();

  private MessageWriter() {}

  static String write(LikesMessage message) {
    return write(message.user(), message.likes());
  }

  /** The bytes that a message takes before there is any like in it. */
  static int sizeWithoutLikes(UserName user) {
    return Utf8.length(write(user, List.of()));
  }

  /** The bytes that this like takes in a message, without the comma before it. */
  static int size(Like like) {
    return Utf8.length(json(generator -> write(generator, like)));
  }

  private static String write(UserName user, List<Like> likes) {
    return json(
        generator -> {
          generator.writeStartObject();
          generator.writeStringField("user", user.value());
          generator.writeArrayFieldStart("likes");
          for (Like like : likes) {
            write(generator, like);
          }
          generator.writeEndArray();
          generator.writeEndObject();
        });
  }

  private static void write(JsonGenerator generator, Like like) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("tweetId", like.tweetId());
    if (like.text().isPresent()) {
      generator.writeStringField("text", like.text().get());
    }
    if (like.url().isPresent()) {
      generator.writeStringField("url", like.url().get());
    }
    generator.writeEndObject();
  }

  private static String json(Content content) {
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      generator.setHighestNonEscapedChar(LAST_UNESCAPED);
      content.writeTo(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot fail to be written", e);
    }
    return json.toString();
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(JsonGenerator generator) throws IOException;
  }
}
