package rediscover.permissions;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What triggers a function. */
public sealed interface EventSource {

  /** The logical id of the event, subscription, mapping or bucket that defines it. */
  String id();

  /** The ARN of the topic, queue, bucket, route or authorizer. */
  String arn();

  /**
   * A service invokes the function. The function's resource-based policy must allow it.
   *
   * @param service such as {@code sns.amazonaws.com}
   * @param invoked the ARN of the function or of its alias
   */
  record Push(String id, String service, String arn, String invoked) implements EventSource {

    /** Whether it is this service and resource. Only {@code *} is a wildcard in the ARN. */
    boolean isFrom(String otherService, String otherArn) {
      String[] literal = arn.split("\\*", -1);
      String pattern = Stream.of(literal).map(Pattern::quote).collect(Collectors.joining(".*"));
      return service.equals(otherService) && otherArn.matches(pattern);
    }
  }

  /** Lambda polls a queue. The function's execution role must allow it. */
  record Pull(String id, String arn) implements EventSource {}
}
