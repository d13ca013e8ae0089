package rediscover.likes.message;

import java.util.List;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/**
 * Likes of one user on their way to the table, through a topic or a queue.
 *
 * <p>As JSON: {@code {"user": "…", "likes": [{"tweetId": "…", "text": "…", "url": "…"}]}}, where
 * text and url may be missing and what else there is is ignored.
 *
 * @param user whose likes they are
 * @param likes 1 to 100
 */
public record LikesMessage(UserName user, List<Like> likes) {
  /** The most likes that a message may hold. */
  public static final int MAX_LIKES = 100;

  /**
   * The most bytes of UTF-8 that a message may have: what <a
   * href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">SNS takes</a>. SQS takes as
   * much or more.
   */
  public static final int MAX_BYTES = 262_144;

  /**
   * @throws IllegalArgumentException if it holds no like or more than {@link #MAX_LIKES}
   */
  public LikesMessage {
    likes = List.copyOf(likes);
    if (likes.isEmpty() || likes.size() > MAX_LIKES) {
      throw new IllegalArgumentException(
          "A message holds 1 to %d likes, not %d".formatted(MAX_LIKES, likes.size()));
    }
  }

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException if it does not keep to the contract
   */
  public static LikesMessage parse(String json) {
    return MessageReader.read(json);
  }

  /**
   * The message as JSON, in characters that SQS accepts.
   *
   * @throws IllegalStateException if that is more than {@link #MAX_BYTES}; {@link MessagePacker}
   *     makes messages that are not
   */
  public String toJson() {
    String json = MessageWriter.write(this);
    if (Utf8.length(json) > MAX_BYTES) {
      throw new IllegalStateException(
          "The message is larger than the %d bytes that can be sent".formatted(MAX_BYTES));
    }
    return json;
  }
}
