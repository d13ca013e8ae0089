package rediscover.permissions.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key of a statement's Condition element. <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html">All
 * keys must hold</a>. For a key, one of its values must match; with a negated operator, none may.
 */
public sealed interface Condition {

  boolean holds(Request request);

  /**
   * Refuses a request that it cannot be evaluated for.
   *
   * @throws PolicyException naming the reason
   */
  default void check(Request request) {}

  /**
   * The operator {@code Null}.
   *
   * @param missing whether the request must not have the key
   */
  record Presence(String key, boolean missing) implements Condition {

    @Override
    public boolean holds(Request request) {
      return request.values(key).isEmpty() == missing;
    }
  }

  /** How many of the values in the request must match. */
  enum Quantifier {
    FOR_ANY_VALUE,
    FOR_ALL_VALUES
  }

  /**
   * Every other operator.
   *
   * @param quantifier the set operator; without one the key may have only one value
   * @param ifExists whether the condition holds if the request does not have the key. {@code
   *     ForAnyValue} <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">is
   *     false in any case</a>
   * @param values the values in the policy
   */
  record Comparison(
      String key,
      Optional<Quantifier> quantifier,
      boolean negated,
      boolean ifExists,
      List<Operand> values)
      implements Condition {

    @Override
    public void check(Request request) {
      if (quantifier.isEmpty() && request.values(key).size() > 1) {
        throw new PolicyException(
            "condition key " + key + " has several values: use ForAnyValue or ForAllValues");
      }
      values.forEach(operand -> operand.check(request));
    }

    @Override
    public boolean holds(Request request) {
      List<String> given = request.values(key);
      boolean needsValue = quantifier.equals(Optional.of(Quantifier.FOR_ANY_VALUE));
      if (given.isEmpty() && ifExists && !needsValue) {
        return true;
      }
      Predicate<String> fits =
          value -> negated != values.stream().anyMatch(operand -> operand.matches(value, request));
      if (quantifier.isPresent()) {
        return switch (quantifier.get()) {
          case FOR_ANY_VALUE -> given.stream().anyMatch(fits);
          case FOR_ALL_VALUES -> given.stream().allMatch(fits);
        };
      }
      return given.isEmpty() ? negated : fits.test(given.getFirst());
    }
  }
}
