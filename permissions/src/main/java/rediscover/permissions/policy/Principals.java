package rediscover.permissions.policy;

import java.util.Set;

/**
 * The <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal
 * element</a> of a statement.
 *
 * @param everyone whether it is {@code *}
 * @param aws account ids and ARNs
 * @param services service principals
 */
public record Principals(boolean everyone, Set<String> aws, Set<String> services) {

  /** How closely a statement names the principal of a request. */
  enum Match {
    NONE,
    /** Only by its account: that account's identity-based policies decide. */
    ACCOUNT,
    ITSELF
  }

  Match match(Principal principal) {
    if (everyone) {
      return Match.ITSELF;
    }
    return switch (principal) {
      case Principal.Service(String name) -> services.contains(name) ? Match.ITSELF : Match.NONE;
      case Principal.RoleSession session -> {
        if (aws.contains(session.roleArn()) || aws.contains(session.sessionArn())) {
          yield Match.ITSELF;
        }
        yield aws.contains(session.account()) ? Match.ACCOUNT : Match.NONE;
      }
    };
  }
}
