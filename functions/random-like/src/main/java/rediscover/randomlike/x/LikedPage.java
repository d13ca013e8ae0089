package rediscover.randomlike.x;

import java.time.Duration;
import java.util.List;
import rediscover.likes.Like;

/** What came of asking X for a user's likes. Reasons are for the log and never hold X's text. */
public sealed interface LikedPage {

  /**
   * @param likes at least one and at most 100
   */
  record Likes(List<Like> likes) implements LikedPage {
    public Likes {
      likes = List.copyOf(likes);
    }
  }

  /** X knows no such user, shows their likes to nobody else, or there are none. */
  record NobodyKnown() implements LikedPage {}

  record RateLimited(Duration retryAfter) implements LikedPage {}

  /** X does not accept the credentials. */
  record Refused(String reason) implements LikedPage {}

  record Failed(String reason) implements LikedPage {}
}
