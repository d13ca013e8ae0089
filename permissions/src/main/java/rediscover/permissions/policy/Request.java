package rediscover.permissions.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that policies allow or deny.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the resource's ARN, or {@code *} for an action without one
 * @param resourceAccount the account that owns the resource
 * @param context <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">condition
 *     keys</a> in any case with their values. Those of the principal and the resource's account are
 *     filled in
 */
public record Request(
    Principal principal,
    String action,
    String resource,
    String resourceAccount,
    Map<String, List<String>> context) {

  public Request {
    if (!action.matches("[a-z0-9-]+:[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("Not an action: " + action);
    }
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    context.forEach((key, values) -> all.put(key, List.copyOf(values)));
    // The caller cannot choose these.
    all.keySet().removeIf(ConditionKey::isFilledIn);
    all.put("aws:ResourceAccount", List.of(resourceAccount));
    switch (principal) {
      case Principal.Service(String name) -> {
        all.put("aws:PrincipalIsAWSService", List.of("true"));
        all.put("aws:PrincipalServiceName", List.of(name));
      }
      case Principal.RoleSession session -> {
        all.put("aws:PrincipalIsAWSService", List.of("false"));
        all.put("aws:PrincipalType", List.of("AssumedRole"));
        all.put("aws:PrincipalArn", List.of(session.roleArn()));
        all.put("aws:PrincipalAccount", List.of(session.account()));
        session.tags().forEach((key, tag) -> all.put("aws:PrincipalTag/" + key, List.of(tag)));
      }
    }
    context = Collections.unmodifiableMap(all);
  }

  /** A request without further context. */
  public static Request of(
      Principal principal, String action, String resource, String resourceAccount) {
    return new Request(principal, action, resource, resourceAccount, Map.of());
  }

  /** The request with one more condition key. */
  public Request with(String key, String... values) {
    Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(context);
    more.put(key, List.of(values));
    return new Request(principal, action, resource, resourceAccount, more);
  }

  /** The account whose policies of this type decide the request. */
  public String decidingAccount(PolicyType type) {
    return type == PolicyType.IDENTITY_BASED && principal instanceof Principal.RoleSession session
        ? session.account()
        : resourceAccount;
  }

  /** The values of a condition key; none if the request does not have it. */
  List<String> values(String key) {
    return context.getOrDefault(key, List.of());
  }
}
