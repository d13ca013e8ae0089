package rediscover.local.application;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The application of the template: what the embedded run starts, and what connects it.
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

  /** This and another account's stack; region, account and parameters stay this one's. */
  public Application and(Application other) {
    return new Application(
        region,
        accountId,
        parameters,
        both(functions, other.functions),
        both(apis, other.apis),
        both(queues, other.queues),
        both(topics, other.topics),
        both(subscriptions, other.subscriptions),
        both(mappings, other.mappings),
        both(buckets, other.buckets),
        both(tables, other.tables));
  }

  private static <T> List<T> both(List<T> these, List<T> others) {
    return Stream.concat(these.stream(), others.stream()).toList();
  }

  /** The function behind an ARN that a template names. */
  public FunctionSpec function(String arn) {
    return functions.stream()
        .filter(function -> function.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no template has a function " + arn));
  }

  /** The queue behind an ARN that a template names. */
  public QueueSpec queue(String arn) {
    return queues.stream()
        .filter(queue -> queue.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no template has a queue " + arn));
  }
}
