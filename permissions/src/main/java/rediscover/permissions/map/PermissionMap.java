package rediscover.permissions.map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Statement;

/**
 * The permission map, in the form of {@code permissions.json}: for each function who may invoke it
 * and what it may call, and what other resources' policies say.
 *
 * @param functions in the order of the template
 * @param resources queues, topics and buckets with a resource-based policy or a redrive policy
 * @param statements by id; the rest of the map names statements by their ids
 * @param experiments by the name that lessons use
 */
record PermissionMap(
    List<FunctionNode> functions,
    List<ResourceNode> resources,
    SortedMap<String, WrittenStatement> statements,
    @JsonInclude(Include.NON_EMPTY) Map<String, Experiment> experiments) {

  /**
   * A function.
   *
   * @param id its logical id
   * @param name its short name, such as {@code random-like}
   * @param role the logical id of its execution role
   * @param account the account that owns it
   * @param onlyWith the parameter that creates it; null if the template always does
   * @param trust the statements that let Lambda assume the role
   * @param withoutTrust what fails without them
   * @param invokedBy the arrows that lead to it
   * @param mayCall the arrows that lead from it
   */
  record FunctionNode(
      String id,
      String name,
      String role,
      String account,
      String onlyWith,
      List<String> trust,
      Without withoutTrust,
      List<Arrow> invokedBy,
      List<Arrow> mayCall) {}

  /**
   * An arrow.
   *
   * @param mode {@code push}, {@code pull} or {@code call}
   * @param other what it leads from or to
   * @param actions the actions along it
   * @param sentence the same in plain words
   * @param statements the statements that allow it; none if it is denied
   * @param without what fails without them
   */
  record Arrow(
      String mode,
      @JsonUnwrapped Target other,
      List<String> actions,
      String sentence,
      List<String> statements,
      Without without) {}

  /**
   * What fails when statements are missing.
   *
   * @param uses the requests that need them; none if another arrow shows these
   * @param then what happens to the message or to the caller
   */
  record Without(List<Use> uses, String then) {}

  /**
   * A resource that is not a function.
   *
   * @param access the statements of its resource-based policy
   * @param redrive its redrive policy; null if it has none
   */
  record ResourceNode(@JsonUnwrapped Target resource, List<Access> access, Redrive redrive) {}

  /**
   * A statement of a resource-based policy.
   *
   * @param who its principal in a word or two
   * @param from the source that its condition names; null if it names none
   * @param actions the actions it is about
   * @param sentence the same in plain words
   * @param statements its id
   * @param without what fails without it
   */
  record Access(
      String who,
      Target from,
      List<String> actions,
      String sentence,
      List<String> statements,
      Without without) {}

  /**
   * A redrive policy.
   *
   * @param to the dead-letter queue
   * @param receives how often a message is received before it moves there
   * @param sentence the same in plain words
   */
  record Redrive(Target to, int receives, String sentence) {}

  /** A statement, with the type of its policy. */
  record WrittenStatement(String type, Map<String, Object> document) {

    static WrittenStatement of(Statement statement) {
      return new WrittenStatement(typeName(statement.type()), statement.document());
    }
  }

  /** Such as {@code identity-based}. */
  static String typeName(PolicyType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
