package rediscover.local.application;

import java.util.List;
import java.util.Map;

/**
 * The application as template.yaml has it: what the embedded run starts, and what is connected with
 * what.
 *
 * @param topics ARNs
 */
public record Application(
    String region,
    String accountId,
    Map<String, String> parameters,
    List<FunctionSpec> functions,
    List<HttpApiSpec> apis,
    List<QueueSpec> queues,
    List<String> topics,
    List<Subscription> subscriptions,
    List<EventSourceMapping> mappings,
    List<BucketSpec> buckets,
    List<TableSpec> tables) {

  /** The queue behind an ARN that the template names. */
  public QueueSpec queue(String arn) {
    return queues.stream()
        .filter(queue -> queue.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("template.yaml has no queue " + arn));
  }
}
