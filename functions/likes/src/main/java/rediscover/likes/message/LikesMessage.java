package rediscover.likes.message;

import java.util.List;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/**
 * A message of the topic and the queue: likes of one user to store.
 *
 * <p>As JSON: {@code {"user": "…", "likes": [{"tweetId": "…", "text": "…", "url": "…"}]}}, text and
 * url are optional, other fields are ignored.
 *
 * @param user who liked the posts
 * @param likes 1 to 100
 */
public record LikesMessage(UserName user, List<Like> likes) {
  /** The most likes that a message may contain. */
  public static final int MAX_LIKES = 100;

  /**
   * The most bytes of UTF-8 that a message may have: the <a
   * href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">limit of SNS</a>. SQS
   * accepts at least as much.
   */
  public static final int MAX_BYTES = 262_144;

  /**
   * @throws IllegalArgumentException if it contains no like or more than {@link #MAX_LIKES}
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
   * @throws MalformedMessageException if it breaks the contract
   */
  public static LikesMessage parse(String json) {
    return MessageReader.read(json);
  }

  /**
   * The message as JSON, in characters that SQS accepts.
   *
   * @throws IllegalStateException if it is larger than {@link #MAX_BYTES}. {@link MessagePacker}
   *     creates messages that fit
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
