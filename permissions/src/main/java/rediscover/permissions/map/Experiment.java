package rediscover.permissions.map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * A common mistake in a policy, tried out for a lesson beside the map: one request, decided with
 * the policy as it is and with the mistake.
 *
 * @param function the logical id of the function that it is about
 * @param statement the id of the statement that changes
 * @param type the type of its policy
 * @param was the statement as it is; empty if there is none of that id
 * @param document the statement with the mistake; empty if no statement changes
 * @param arrow the arrow of a caller that is not on the map; null if the map has the arrow
 * @param action the action of the request
 * @param before why the policies as they are deny the request; empty if they allow it
 * @param after why they deny it with the mistake; empty if they allow it
 */
record Experiment(
    String function,
    String statement,
    String type,
    @JsonInclude(Include.NON_EMPTY) Map<String, Object> was,
    @JsonInclude(Include.NON_EMPTY) Map<String, Object> document,
    Stranger arrow,
    String action,
    String before,
    String after) {

  /**
   * An arrow that only this experiment shows.
   *
   * @param mode {@code push}, {@code call} or {@code person}
   * @param other what it leads from or to
   * @param actions the actions of the request
   * @param sentence the same in plain words
   */
  record Stranger(
      String mode, @JsonUnwrapped Target other, List<String> actions, String sentence) {}
}
