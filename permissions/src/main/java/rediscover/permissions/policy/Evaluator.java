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
 *   <li>A statement that denies it wins over all that allow it.
 *   <li>A service needs the resource-based policy to name it; it has no identity-based policies.
 *   <li>Within one account <a
 *       href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html">either
 *       side suffices</a>: the role's policies, or a resource-based policy that names the role. One
 *       that names only the account leaves the decision to the role's policies.
 *   <li>Across accounts <a
 *       href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html">both
 *       sides have to allow it</a>; there it is enough that the resource's names the account.
 *   <li>A role is assumed only if its trust policy says so, also within one account, and <a
 *       href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html">a key
 *       of KMS is used only as its key policy says</a>: by itself, or by the account's policies if
 *       it leaves that to the account.
 *   <li>Who one is may be asked by everybody: <a
 *       href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">no
 *       permission is needed, and none can be taken away</a>.
 *   <li>What nothing allows is denied.
 * </ol>
 */
public final class Evaluator {

  /**
   * Actions about a role that the role itself has to allow, also <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">bringing tags
   * along</a>.
   */
  private static final Set<String> ASSUMING =
      Set.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession");

  private static final Pattern KMS_KEY = Pattern.compile("arn:[^:]*:kms:[^:]*:[^:]*:key/.*");

  private Evaluator() {}

  /**
   * Decides a request.
   *
   * @param identityPolicies the policies of the role that makes it
   * @param resourcePolicies the policies of the resource that it is about
   * @throws PolicyException if a policy cannot be evaluated for this request
   * @throws IllegalArgumentException if a policy stands on the wrong side
   */
  public static Decision decide(
      Request request, List<Policy> identityPolicies, List<Policy> resourcePolicies) {
    // A policy that names no principal would be about everyone if it stood among the resource's.
    if (identityPolicies.stream().anyMatch(policy -> policy.type() != PolicyType.IDENTITY_BASED)
        || resourcePolicies.stream().anyMatch(p -> p.type() == PolicyType.IDENTITY_BASED)) {
      throw new IllegalArgumentException("A policy stands on the wrong side");
    }
    // Before anything is decided: otherwise the order of statements would say what is refused.
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

  /** The first statement of that effect that names the principal at least as well as asked for. */
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
