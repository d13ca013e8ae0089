package rediscover.local.iam;

/**
 * The service that invokes a function, and the resource that it does so for.
 *
 * @param service such as {@code sns.amazonaws.com}
 * @param arn of the topic, bucket or route
 */
public record Source(String service, String arn) {}
