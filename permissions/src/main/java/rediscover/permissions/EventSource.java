package rediscover.permissions;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
   * @param invoked the ARN that it invokes: the function's own, or that of its alias
   */
  record Push(String id, String service, String arn, String invoked) implements EventSource {

    /** Whether a service that acts for a resource is this one. Only {@code *} is a wildcard. */
    boolean isFrom(String otherService, String otherArn) {
      String[] literal = arn.split("\\*", -1);
      String pattern = Stream.of(literal).map(Pattern::quote).collect(Collectors.joining(".*"));
      return service.equals(otherService) && otherArn.matches(pattern);
    }
  }

  /** Lambda polls a queue, which the function's execution role has to allow. */
  record Pull(String id, String arn) implements EventSource {}
}
