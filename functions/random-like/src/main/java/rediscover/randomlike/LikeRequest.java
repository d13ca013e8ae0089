package rediscover.randomlike;

import java.util.Optional;
import rediscover.likes.Position;
import rediscover.likes.UserName;

/**
 * A visitor's request for a like.
 *
 * @param user whose like to show
 * @param after the position of the like shown last, or empty for a random like
 */
record LikeRequest(UserName user, Optional<Position> after) {

  /**
   * @throws IllegalArgumentException if the name or the cursor is malformed. The message is a
   *     sentence for the visitor and quotes neither
   */
  static LikeRequest of(String name, Optional<String> cursor) {
    return new LikeRequest(new UserName(name), cursor.map(LikeRequest::position));
  }

  private static Position position(String cursor) {
    try {
      return new Position(cursor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "This cursor comes from no answer of this API. Leave it out to get a random like.", e);
    }
  }
}
