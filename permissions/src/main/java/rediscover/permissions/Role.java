package rediscover.permissions;

import java.util.List;
import java.util.Map;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;

/**
 * A role of a template.
 *
 * @param logicalId its name in the template
 * @param arn its ARN
 * @param tags its tags
 * @param trust who may assume it
 * @param policies what it may do
 */
public record Role(
    String logicalId, String arn, Map<String, String> tags, Policy trust, List<Policy> policies) {

  /** A role without tags that no template has and nobody assumes, such as a deployer's. */
  public static Role of(String arn, List<Policy> policies) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    Policy nobody = new Policy(name + "/trust", PolicyType.TRUST, List.of());
    return new Role(name, arn, Map.of(), nobody, policies);
  }
}
