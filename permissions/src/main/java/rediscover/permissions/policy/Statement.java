package rediscover.permissions.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement of a policy.
 *
 * @param id the policy's name and the Sid, or its place in the policy: {@code LikesRole/ReadTable}
 * @param type of the policy that it stands in
 * @param effect whether it allows or denies
 * @param principals whom it is about; empty in an identity-based policy
 * @param actions which actions
 * @param resources which resources
 * @param conditions which all have to hold
 * @param document as it was read, for showing
 */
public record Statement(
    String id,
    PolicyType type,
    Effect effect,
    Optional<Principals> principals,
    Targets actions,
    Targets resources,
    List<Condition> conditions,
    Map<String, Object> document) {

  public Statement {
    conditions = List.copyOf(conditions);
  }

  /**
   * Refuses what the statement would take from a request and cannot.
   *
   * @throws PolicyException naming it
   */
  void check(Request request) {
    try {
      resources.patterns().forEach(pattern -> pattern.check(request));
      conditions.forEach(condition -> condition.check(request));
    } catch (PolicyException e) {
      throw new PolicyException(id + ": " + e.getMessage(), e);
    }
  }

  /** Whether the statement is about this request, and whom of it it names. */
  Principals.Match match(Request request) {
    boolean matches =
        actions.include(request.action(), request)
            && resources.include(request.resource(), request)
            && conditions.stream().allMatch(condition -> condition.holds(request));
    if (!matches) {
      return Principals.Match.NONE;
    }
    // An identity-based policy is about the principal that it is attached to.
    return principals.map(p -> p.match(request.principal())).orElse(Principals.Match.ITSELF);
  }
}
