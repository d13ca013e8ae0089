package rediscover.local.iam;

import java.util.List;

/**
 * A decision on one access.
 *
 * @param kind {@code call} if the function calls, {@code invoke} if it is invoked, {@code
 *     subscribe} if it is subscribed to a topic, {@code deliver} if a service sends what it could
 *     not deliver to a queue
 * @param function the logical id of the function, empty for a delivery
 * @param by the service that invokes or delivers, empty for a call
 * @param source the ARN of the topic, bucket or route that the service acts for, empty for a call
 * @param account the account whose policy refuses it, or if none does, the one of the resource
 * @param statements the ids of those that allowed it
 * @param missing in AWS's words what would have to allow it, empty if allowed
 * @param wouldAllow the ids of statements that are switched off and would have allowed it
 */
public record AccessEvent(
    String kind,
    String function,
    String by,
    String source,
    String action,
    String resource,
    String account,
    boolean allowed,
    List<String> statements,
    String missing,
    List<String> wouldAllow) {}
