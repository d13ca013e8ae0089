package rediscover.permissions;

import java.util.List;

/**
 * The permissions side of a function.
 *
 * @param name its physical name
 * @param invokedArn the ARN that SAM's events invoke: of its alias, or of the function without one
 * @param roleArn its execution role
 */
public record LambdaFunction(
    String logicalId,
    String name,
    String arn,
    String invokedArn,
    String roleArn,
    List<EventSource> eventSources) {

  /** The account that owns it. */
  public String account() {
    return arn.split(":")[4];
  }

  /**
   * The ARN that a service invokes for a resource: of the function or of its alias. <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html">A permission applies to
   * one of the two only</a>.
   */
  public String invokedBy(String service, String sourceArn) {
    return eventSources.stream()
        .filter(EventSource.Push.class::isInstance)
        .map(EventSource.Push.class::cast)
        .filter(push -> push.isFrom(service, sourceArn))
        .map(EventSource.Push::invoked)
        .findFirst()
        .orElse(arn);
  }
}
