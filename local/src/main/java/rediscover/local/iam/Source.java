package rediscover.local.iam;

/**
 * What a service acts for when it invokes a function.
 *
 * @param service such as {@code sns.amazonaws.com}
 * @param arn of the topic, bucket or route
 */
public record Source(String service, String arn) {}
