package rediscover.permissions;

import java.util.List;
import java.util.Map;
import rediscover.permissions.policy.Policy;

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
    String logicalId, String arn, Map<String, String> tags, Policy trust, List<Policy> policies) {}
