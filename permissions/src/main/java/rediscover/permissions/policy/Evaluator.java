package rediscover.permissions.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import rediscover.permissions.policy.Decision.Allowed;
import rediscover.permissions.policy.Decision.DeniedExplicitly;
import rediscover.permissions.policy.Decision.NotAllowed;
import rediscover.permissions.policy.Principals.Match;

/**
 * Decides whether a request is allowed, as AWS does:
 *
 * <ol>
 *   <li>An explicit deny overrides every allow.
 *   <li>A service has no identity-based policies: the resource-based policy must name it.
 *   <li>Within one account <a
 *       href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html">either
 *       side suffices</a>: the role's policies, or a resource-based policy that names the role. If
 *       it names only the account, the role's policies decide.
 *   <li>Across accounts <a
 *       href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html">both
 *       sides must allow it</a>. The resource's policy may name only the account.
 *   <li>Even within one account, a role's trust policy must allow assuming it, and <a
 *       href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html">a key
 *       policy must allow using its KMS key</a>, directly or through the account.
 *   <li>sts:GetCallerIdentity <a
 *       href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">needs
 *       no permission, and no policy can deny it</a>.
 *   <li>Everything else is denied.
 * </ol>
 */
public final class Evaluator {

  /**
   * Actions that a role's trust policy must allow, including <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">session tags</a>.
   */
  private static final Set<String> ASSUMING =
      Set.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession");

  private static final Pattern KMS_KEY = Pattern.compile("arn:[^:]*:kms:[^:]*:[^:]*:key/.*");

  private Evaluator() {}

  /**
   * Decides a request.
   *
   * @param identityPolicies the policies of the role that makes it
   * @param resourcePolicies the policies of its resource
   * @throws PolicyException if a policy cannot be evaluated for this request
   * @throws IllegalArgumentException if a policy is of the other side's type
   */
  public static Decision decide(
      Request request, List<Policy> identityPolicies, List<Policy> resourcePolicies) {
    // Among the resource's, a policy without a principal would apply to everyone.
    if (identityPolicies.stream().anyMatch(policy -> policy.type() != PolicyType.IDENTITY_BASED)
        || resourcePolicies.stream().anyMatch(p -> p.type() == PolicyType.IDENTITY_BASED)) {
      throw new IllegalArgumentException("Identity-based and resource-based policies are mixed up");
    }
    // First, so that a refusal does not depend on the order of statements.
    Stream.of(identityPolicies, resourcePolicies)
        .flatMap(List::stream)
        .flatMap(policy -> policy.statements().stream())
        .forEach(statement -> statement.check(request));
    if (needsNoPermission(request)) {
      return new Allowed(List.of());
    }
    Optional<Statement> denied =
        find(request, Effect.DENY, Match.ACCOUNT, identityPolicies)
            .or(() -> find(request, Effect.DENY, Match.ACCOUNT, resourcePolicies));
    if (denied.isPresent()) {
      return new DeniedExplicitly(denied.get());
    }
    Optional<Statement> resourceAllows =
        find(request, Effect.ALLOW, Match.ITSELF, resourcePolicies);
    return switch (request.principal()) {
      case Principal.Service service -> allowedBy(resourceAllows, PolicyType.RESOURCE_BASED);
      case Principal.RoleSession session -> {
        Optional<Statement> identityAllows =
            find(request, Effect.ALLOW, Match.ITSELF, identityPolicies);
        boolean sameAccount = session.account().equals(request.resourceAccount());
        boolean resourceMustAllow = ASSUMING.contains(request.action()) || isAboutKmsKey(request);
        if (sameAccount && resourceAllows.isPresent()) {
          yield new Allowed(List.of(resourceAllows.get()));
        }
        if (identityAllows.isEmpty() || sameAccount && !resourceMustAllow) {
          yield allowedBy(identityAllows, PolicyType.IDENTITY_BASED);
        }
        Optional<Statement> accountAllowed =
            find(request, Effect.ALLOW, Match.ACCOUNT, resourcePolicies);
        yield accountAllowed.isPresent()
            ? new Allowed(List.of(identityAllows.get(), accountAllowed.get()))
            : new NotAllowed(PolicyType.RESOURCE_BASED);
      }
    };
  }

  private static boolean needsNoPermission(Request request) {
    return request.action().equalsIgnoreCase("sts:GetCallerIdentity")
        && request.resource().equals("*")
        && request.principal() instanceof Principal.RoleSession;
  }

  private static boolean isAboutKmsKey(Request request) {
    return KMS_KEY.matcher(request.resource()).matches();
  }

  private static Decision allowedBy(Optional<Statement> statement, PolicyType side) {
    return statement.<Decision>map(by -> new Allowed(List.of(by))).orElse(new NotAllowed(side));
  }

  /** The first statement of that effect that names the principal at least that closely. */
  private static Optional<Statement> find(
      Request request, Effect effect, Match least, List<Policy> policies) {
    Stream<Statement> statements =
        policies.stream().flatMap(policy -> policy.statements().stream());
    return statements
        .filter(statement -> statement.effect() == effect)
        .filter(statement -> statement.match(request).compareTo(least) >= 0)
        .findFirst();
  }
}
