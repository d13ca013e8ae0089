package rediscover.local.application;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The application of the template: what the embedded run starts, and what connects it.
 *
 * @param accountId the account of the first template, whose parameters these are
 * @param topics ARNs
 */
public record Application(
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

  /** The function behind an ARN that a template names. */
  public FunctionSpec function(String arn) {
    return functions.stream()
        .filter(function -> function.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no template has a function " + arn));
  }

  /** The ARNs of the functions that an API's routes lead to. */
  public Set<String> routed() {
    return apis.stream()
        .flatMap(api -> api.routes().stream())
        .map(Route::function)
        .collect(Collectors.toSet());
  }

  /** The queue behind an ARN that a template names. */
  public QueueSpec queue(String arn) {
    return queues.stream()
        .filter(queue -> queue.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no template has a queue " + arn));
  }
}
