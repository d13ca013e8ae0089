package rediscover.permissions.policy;

/** What a policy is attached to. */
public enum PolicyType {
  /** Attached to a role: what the role may do. Its statements name no principal. */
  IDENTITY_BASED("identity-based"),
  /** Attached to a function, topic, queue or bucket: who may do what to it. */
  RESOURCE_BASED("resource-based"),
  /** Attached to a role: who may assume it. Its statements name no resource. */
  TRUST("resource-based");

  private final String inMessages;

  PolicyType(String inMessages) {
    this.inMessages = inMessages;
  }

  /** As AWS calls it when it denies access; a trust policy counts as resource-based. */
  public String inMessages() {
    return inMessages;
  }
}
