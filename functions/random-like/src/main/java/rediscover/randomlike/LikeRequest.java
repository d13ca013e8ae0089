package rediscover.randomlike;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.Map;
import java.util.Optional;
import rediscover.likes.Position;
import rediscover.likes.UserName;

/**
 * What a visitor asks for.
 *
 * @param user whose like to show
 * @param after the cursor of the like shown last; empty asks for any like
 */
record LikeRequest(UserName user, Optional<Position> after) {

  /**
   * @throws IllegalArgumentException if name or cursor cannot be; the message is a sentence for the
   *     visitor and does not quote them
   */
  static LikeRequest of(APIGatewayV2HTTPEvent event) {
    String name = parameter(event.getPathParameters(), "name").orElse("");
    Optional<String> cursor = parameter(event.getQueryStringParameters(), "after");
    return new LikeRequest(userName(name), cursor.map(LikeRequest::position));
  }

  private static UserName userName(String name) {
    try {
      return UserName.of(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A name on X is 1 to 15 letters without accents, digits and underscores.", e);
    }
  }

  private static Position position(String cursor) {
    try {
      return Position.parse(cursor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "This cursor comes from no answer of this API. Without one, you get any like.", e);
    }
  }

  /** API Gateway leaves out the whole map when a request has no such parameters. */
  private static Optional<String> parameter(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters).map(all -> all.get(name));
  }
}
