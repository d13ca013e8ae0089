package rediscover.permissions;

/** What a function is invoked by. */
public sealed interface EventSource {

  /** The logical id of what makes it: an event of the function, a subscription, a bucket. */
  String id();

  /** The ARN of the topic, queue, bucket, route or authorizer. */
  String arn();

  /**
   * A service invokes the function, which the function's resource-based policy has to allow.
   *
   * @param service such as {@code sns.amazonaws.com}
   */
  record Push(String id, String service, String arn) implements EventSource {}

  /** Lambda polls a queue, which the function's execution role has to allow. */
  record Pull(String id, String arn) implements EventSource {}
}
