/**
 * Reads IAM policies and evaluates them by <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">AWS's
 * policy evaluation logic</a>.
 *
 * <p>{@link rediscover.permissions.policy.Policy} reads a policy document and refuses what it does
 * not support, so that nothing is allowed by mistake. {@link
 * rediscover.permissions.policy.Evaluator} decides a {@link rediscover.permissions.policy.Request},
 * and the {@link rediscover.permissions.policy.Decision} says why. {@code ConditionKey} lists the
 * condition keys that policies may use.
 *
 * <p>Permissions boundaries, session policies and the policies of AWS Organizations are not
 * evaluated: they only restrict permissions, and a single application has none.
 */
package rediscover.permissions.policy;
