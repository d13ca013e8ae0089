package rediscover.permissions.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key of a statement's Condition element. <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html">How
 * several keys and values are taken together</a>: all keys have to hold; of a key's values one has
 * to match, or, under a negated operator, none may.
 */
public sealed interface Condition {

  boolean holds(Request request);

  /**
   * Refuses what it would take from a request and cannot.
   *
   * @throws PolicyException naming it
   */
  default void check(Request request) {}

  /**
   * The operator {@code Null}: whether the request has the key at all.
   *
   * @param missing true if the key must not be there
   */
  record Presence(String key, boolean missing) implements Condition {

    @Override
    public boolean holds(Request request) {
      return request.values(key).isEmpty() == missing;
    }
  }

  /** How many of a multivalued key's values in the request have to match. */
  enum Quantifier {
    FOR_ANY_VALUE,
    FOR_ALL_VALUES
  }

  /**
   * Every other operator.
   *
   * @param quantifier the set operator, without which the key may have one value only
   * @param negated whether the operator is a Not operator
   * @param ifExists whether the condition holds when the request has no such key, which comes to
   *     nothing with {@code ForAnyValue}: <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">without
   *     a value that is false</a>
   * @param values what the operator makes of each value in the policy
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
        throw new PolicyException("condition key " + key + " has many values: use a set operator");
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
