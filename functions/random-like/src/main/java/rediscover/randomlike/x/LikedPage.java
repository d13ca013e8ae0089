package rediscover.randomlike.x;

import java.time.Duration;
import java.util.List;
import rediscover.likes.Like;

/** Outcome of asking X for a user's likes. A reason goes to the log and never holds X's text. */
public sealed interface LikedPage {

  /**
   * @param likes at least one and at most 100
   */
  record Likes(List<Like> likes) implements LikedPage {
    public Likes {
      likes = List.copyOf(likes);
    }
  }

  /** X has no such user, hides their likes, or the user has none. */
  record NoLikes() implements LikedPage {}

  record RateLimited(Duration retryAfter) implements LikedPage {}

  /** X does not accept the credentials. */
  record Refused(String reason) implements LikedPage {}

  record Failed(String reason) implements LikedPage {}
}
