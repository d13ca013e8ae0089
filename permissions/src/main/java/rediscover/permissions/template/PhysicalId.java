package rediscover.permissions.template;

import java.util.Map;

/**
 * What a deployed resource is called.
 *
 * @param ref what {@code Ref} gives: a name, a queue's URL, a topic's ARN
 * @param arn its ARN, also where {@code GetAtt} does not give it; empty for a type that has none
 * @param attributes what {@code GetAtt} gives, by attribute
 */
public record PhysicalId(String ref, String arn, Map<String, String> attributes) {}
