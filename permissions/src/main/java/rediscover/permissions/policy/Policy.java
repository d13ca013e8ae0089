package rediscover.permissions.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * A policy.
 *
 * @param name the first part of its statements' ids, such as a role's logical id
 * @param statements in the order of the document
 */
public record Policy(String name, PolicyType type, List<Statement> statements) {

  public Policy {
    statements = List.copyOf(statements);
  }

  /**
   * Reads a policy document from maps, lists and strings.
   *
   * @throws PolicyException naming what is malformed or not supported
   */
  public static Policy of(String name, PolicyType type, Object document) {
    return new PolicyReader(name, type, EnumSet.allOf(ConditionKey.Supplier.class))
        .policy(document);
  }

  /**
   * Reads a policy from its statements, each as maps, lists and strings.
   *
   * @throws PolicyException naming what is malformed or not supported
   */
  public static Policy ofStatements(String name, PolicyType type, List<?> statements) {
    return of(name, type, Map.of("Version", "2012-10-17", "Statement", statements));
  }

  /**
   * Reads a policy that the embedded run can evaluate.
   *
   * @throws PolicyException also for a condition key that only AWS knows
   */
  public static Policy supplied(String name, PolicyType type, Object document) {
    return new PolicyReader(
            name, type, EnumSet.complementOf(EnumSet.of(ConditionKey.Supplier.ONLY_AWS)))
        .policy(document);
  }

  /** The policy without a statement. */
  public Policy without(Statement statement) {
    List<Statement> others = statements.stream().filter(s -> !s.equals(statement)).toList();
    return new Policy(name, type, others);
  }
}
