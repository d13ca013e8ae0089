package rediscover.local.application;

import java.util.Map;

/**
 * A queue of the template.
 *
 * @param attributes what CreateQueue takes, such as VisibilityTimeout and RedrivePolicy
 */
public record QueueSpec(
    String logicalId, String name, String url, String arn, Map<String, String> attributes) {}
