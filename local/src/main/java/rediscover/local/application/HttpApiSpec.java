package rediscover.local.application;

import java.util.List;
import java.util.Map;
import rediscover.permissions.ApiAuthorizer;

/**
 * The HTTP API of the template.
 *
 * @param authorizers of those routes that have one, by {@link Route#key}
 * @param burst requests that may come at once
 * @param rate requests a second
 */
public record HttpApiSpec(
    String id,
    String arn,
    List<Route> routes,
    Map<String, ApiAuthorizer> authorizers,
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    int maxAge,
    int burst,
    int rate) {

  /** The account that owns it. */
  public String accountId() {
    return arn.split(":")[4];
  }
}
