package rediscover.permissions;

import java.util.List;
import java.util.Map;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Statement;

/**
 * The role that deploys the application, and so subscribes its functions to topics. No template has
 * it.
 */
public final class Deployer {

  private static final String NAME = "Deployer";

  private Deployer() {}

  /** Whether a statement belongs to the deployer. The map does not show it. */
  public static boolean owns(Statement statement) {
    return statement.id().startsWith(NAME + "/");
  }

  public static Principal session(String account) {
    return new Principal.RoleSession(arn(account), "deployer", Map.of());
  }

  /** Adds the role, which may subscribe to any topic. */
  public static Permissions in(String account, Permissions permissions) {
    Map<String, String> subscribe =
        Map.of("Effect", "Allow", "Action", "sns:Subscribe", "Resource", "*");
    Policy policy = Policy.ofStatements(NAME, PolicyType.IDENTITY_BASED, List.of(subscribe));
    Role role = Role.of(arn(account), List.of(policy));
    return permissions.and(new Permissions(List.of(), List.of(role), Map.of()));
  }

  public static String arn(String account) {
    return "arn:aws:iam::" + account + ":role/" + NAME;
  }
}
