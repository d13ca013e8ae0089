package rediscover.permissions;

import java.util.List;
import java.util.Map;

/**
 * A function of a template, as far as permissions go.
 *
 * @param logicalId its name in the template
 * @param name what it is called where it is deployed
 * @param arn its ARN
 * @param invokedArn what SAM has its events invoke: its alias if it has one, or else the function
 *     itself
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
    List<EventSource> eventSources) {

  /** The account that owns it. */
  public String account() {
    return arn.split(":")[4];
  }

  /**
   * The ARN that a service invokes when it acts for a resource: what the event source names. A
   * permission <a href="https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html">is for the
   * very ARN that it was given to</a>: that of an alias does not open the function itself, nor the
   * other way round.
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
