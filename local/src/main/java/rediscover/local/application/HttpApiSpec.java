package rediscover.local.application;

import java.util.List;

/**
 * The HTTP API as the template has it.
 *
 * @param burst requests that may come at once
 * @param rate requests a second
 */
public record HttpApiSpec(
    String id,
    List<Route> routes,
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    int maxAge,
    int burst,
    int rate) {}
