package rediscover.permissions.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement of a policy.
 *
 * @param id the policy's name and the Sid or its number: {@code LikesRole/ReadTable}
 * @param type the type of its policy
 * @param principals empty in an identity-based policy
 * @param conditions all of them must hold
 * @param document as it was read
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
   * Refuses a request that it cannot be evaluated for.
   *
   * @throws PolicyException naming the reason
   */
  void check(Request request) {
    try {
      resources.patterns().forEach(pattern -> pattern.check(request));
      conditions.forEach(condition -> condition.check(request));
    } catch (PolicyException e) {
      throw new PolicyException(id + ": " + e.getMessage(), e);
    }
  }

  /** Whether it applies to the request, and how closely it names the principal. */
  Principals.Match match(Request request) {
    boolean matches =
        actions.include(request.action(), request)
            && resources.include(request.resource(), request)
            && conditions.stream().allMatch(condition -> condition.holds(request));
    if (!matches) {
      return Principals.Match.NONE;
    }
    // An identity-based policy applies to the role that it is attached to.
    return principals.map(p -> p.match(request.principal())).orElse(Principals.Match.ITSELF);
  }
}
