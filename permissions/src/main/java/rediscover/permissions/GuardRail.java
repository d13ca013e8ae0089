package rediscover.permissions;

/** What no template may do. */
public enum GuardRail {
  /** An Allow statement names each action in full. */
  WILDCARD_ACTION,
  /** An Allow statement names its resources, unless none of its actions is about one. */
  BARE_RESOURCE,
  /** No role has a policy that AWS wrote for everybody. */
  MANAGED_POLICY,
  /** There are roles, and no users with keys that last. */
  USER,
  /** Every function has a role that is written out in the template. */
  NO_OWN_ROLE,
  /** No two functions have the same role. */
  SHARED_ROLE
}
