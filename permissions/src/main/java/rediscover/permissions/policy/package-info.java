/**
 * IAM policies as data, and the rules by which AWS decides whether a request is allowed: <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">policy
 * evaluation logic</a>.
 *
 * <p>{@link rediscover.permissions.policy.Policy} reads a policy document, {@link
 * rediscover.permissions.policy.Request} says who wants to do what to which resource, {@link
 * rediscover.permissions.policy.Evaluator} decides and {@link
 * rediscover.permissions.policy.Decision} says why. What a document holds that is not known here is
 * refused when it is read, so that nothing is allowed because something was overlooked. {@code
 * ConditionKey} lists the condition keys that policies may use, and who supplies their values.
 *
 * <p>Identity-based, resource-based and trust policies are evaluated. Permissions boundaries,
 * session policies and the policies of AWS Organizations are not: they only ever take permissions
 * away, and a single application sets none.
 */
package rediscover.permissions.policy;
