package rediscover.permissions.policy;

/** The Effect element of a statement. */
public enum Effect {
  ALLOW,
  DENY
}
