package rediscover.permissions;

import java.util.List;
import java.util.Map;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;

/**
 * A role.
 *
 * @param trust its trust policy
 * @param policies its identity-based policies
 */
public record Role(
    String logicalId, String arn, Map<String, String> tags, Policy trust, List<Policy> policies) {

  /** A role outside the templates, such as a deployer's, without tags and trust. */
  public static Role of(String arn, List<Policy> policies) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    Policy nobody = new Policy(name + "/trust", PolicyType.TRUST, List.of());
    return new Role(name, arn, Map.of(), nobody, policies);
  }
}
