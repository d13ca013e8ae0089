package rediscover.permissions.policy;

/** The type of a policy. */
public enum PolicyType {
  /** Attached to a role: what the role may do. Its statements have no Principal. */
  IDENTITY_BASED("identity-based"),
  /** Attached to a function, topic, queue or bucket: who may do what to it. */
  RESOURCE_BASED("resource-based"),
  /** Attached to a role: who may assume it. Its statements have no Resource. */
  TRUST("resource-based");

  private final String inMessages;

  PolicyType(String inMessages) {
    this.inMessages = inMessages;
  }

  /** Its name in AWS's denials, where a trust policy is resource-based. */
  public String inMessages() {
    return inMessages;
  }
}
