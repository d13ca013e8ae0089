package rediscover.permissions.template;

import java.util.Map;

/**
 * The names of a deployed resource.
 *
 * @param ref the value of {@code Ref}: a name, a queue's URL, a topic's ARN
 * @param arn its ARN, even if {@code GetAtt} does not return it; empty if its type has none
 * @param attributes the values of {@code GetAtt}, by attribute
 */
public record PhysicalId(String ref, String arn, Map<String, String> attributes) {}
