package rediscover.likes.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.support.JsonText;

/** Writes a message's JSON. */
final class MessageWriter {
  /**
   * SQS rejects U+FFFE, U+FFFF and control characters. JSON can escape each of them. This escapes
   * every character above the limit: emoji take more bytes, but no list of characters is needed: <a
   * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">
   * SendMessage</a>.
   */
  private static final int LAST_UNESCAPED = 0xD7FF;

  private MessageWriter() {}

  static String write(LikesMessage message) {
    return write(message.user(), message.likes());
  }

  /** The bytes of a message without likes. */
  static int sizeWithoutLikes(UserName user) {
    return Utf8.length(write(user, List.of()));
  }

  /** The bytes of this like in a message, without the comma. */
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

  private static String json(JsonText.Content content) {
    return JsonText.of(
        generator -> {
          generator.setHighestNonEscapedChar(LAST_UNESCAPED);
          content.writeTo(generator);
        });
  }
}
