package rediscover.local.application;

import java.util.List;

/** A bucket of the template, and its notifications. */
public record BucketSpec(String name, String arn, List<Notification> notifications) {

  /**
   * @param event such as {@code s3:ObjectCreated:*}
   * @param function the ARN of the function that is invoked
   */
  public record Notification(String event, String prefix, String suffix, String function) {

    /** Whether an event such as {@code ObjectCreated:Put} on that key matches. */
    public boolean wants(String eventName, String key) {
      String wanted = event.substring("s3:".length());
      boolean sameEvent =
          wanted.endsWith("*")
              ? eventName.startsWith(wanted.substring(0, wanted.length() - 1))
              : eventName.equals(wanted);
      return sameEvent && key.startsWith(prefix) && key.endsWith(suffix);
    }
  }
}
