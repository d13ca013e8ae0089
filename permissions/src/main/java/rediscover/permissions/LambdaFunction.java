package rediscover.permissions;

import java.util.List;
import java.util.Map;

/**
 * A function of a template, as far as permissions go.
 *
 * @param logicalId its name in the template
 * @param name what it is called where it is deployed
 * @param arn its ARN
 * @param invokedArn what its events invoke: its alias if it has one, or else the function itself
 * @param tags its tags
 * @param roleArn its execution role
 * @param eventSources what it is invoked by
 */
public record LambdaFunction(
    String logicalId,
    String name,
    String arn,
    String invokedArn,
    Map<String, String> tags,
    String roleArn,
    List<EventSource> eventSources) {}
