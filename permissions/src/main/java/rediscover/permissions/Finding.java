package rediscover.permissions;

/**
 * A template does what it may not.
 *
 * @param rail which guard rail it breaks
 * @param where the logical id or the statement's id
 * @param what the action, resource, policy or role in question
 */
public record Finding(GuardRail rail, String where, String what) {}
