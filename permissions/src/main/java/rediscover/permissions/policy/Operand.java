package rediscover.permissions.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * A value in a condition, together with the comparison of its <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">condition
 * operator</a>.
 */
@FunctionalInterface
public interface Operand {

  /** Compares it with a value in the request as if the operator were not negated. */
  boolean matches(String value, Request request);

  /** The condition keys of its policy variables. */
  default List<String> variables() {
    return List.of();
  }

  /**
   * Refuses a request that it cannot be compared with.
   *
   * @throws PolicyException naming the reason
   */
  default void check(Request request) {}

  /** A text of the string and ARN operators, perhaps with wildcards and variables. */
  record Text(PolicyText text) implements Operand {

    @Override
    public boolean matches(String value, Request request) {
      return text.matches(value, request);
    }

    @Override
    public List<String> variables() {
      return text.variables();
    }

    @Override
    public void check(Request request) {
      text.check(request);
    }
  }

  static Operand read(String operator, String value) {
    return switch (operator) {
      case "StringEquals", "StringNotEquals" ->
          new Text(PolicyText.of(value, PolicyText.Wildcards.NONE));
      case "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase" ->
          new Text(PolicyText.ignoringCase(value, PolicyText.Wildcards.NONE));
      case "StringLike", "StringNotLike" ->
          new Text(PolicyText.of(value, PolicyText.Wildcards.TEXT));
      // AWS documents that ArnEquals behaves like ArnLike.
      case "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike" -> arn(value);
      case "IpAddress", "NotIpAddress" -> AddressRange.of(value);
      case "Bool" -> bool(value);
      case "NumericEquals", "NumericNotEquals" -> number(value, order -> order == 0);
      case "NumericLessThan" -> number(value, order -> order < 0);
      case "NumericLessThanEquals" -> number(value, order -> order <= 0);
      case "NumericGreaterThan" -> number(value, order -> order > 0);
      case "NumericGreaterThanEquals" -> number(value, order -> order >= 0);
      case "DateEquals", "DateNotEquals" -> date(value, order -> order == 0);
      case "DateLessThan" -> date(value, order -> order < 0);
      case "DateLessThanEquals" -> date(value, order -> order <= 0);
      case "DateGreaterThan" -> date(value, order -> order > 0);
      case "DateGreaterThanEquals" -> date(value, order -> order >= 0);
      default -> throw new PolicyException("condition operator " + operator + " is not supported");
    };
  }

  private static Operand arn(String value) {
    PolicyText text = PolicyText.of(value, PolicyText.Wildcards.ARN);
    if (!value.matches("arn(:[^:]*){4}:.*")) {
      throw new PolicyException(value + " is not an ARN");
    }
    if (!value.matches("arn:[^:]*:[a-z0-9*?-]*:.*")) {
      throw new PolicyException(value + ": the ARN's service must be lower case");
    }
    return new Text(text);
  }

  private static Operand bool(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new PolicyException(value + " is neither true nor false");
    }
    return (given, request) -> given.equalsIgnoreCase(value);
  }

  private static Operand number(String value, IntPredicate order) {
    return compared(value, BigDecimal::new, order);
  }

  private static Operand date(String value, IntPredicate order) {
    return compared(value, Operand::instant, order);
  }

  private static <T extends Comparable<? super T>> Operand compared(
      String value, Function<String, T> reader, IntPredicate order) {
    T limit;
    try {
      limit = reader.apply(value);
    } catch (NumberFormatException | DateTimeException e) {
      throw new PolicyException(value + " has the wrong type for its operator", e);
    }
    return (given, request) -> {
      try {
        return order.test(reader.apply(given).compareTo(limit));
      } catch (NumberFormatException | DateTimeException e) {
        return false; // not a number or a date
      }
    };
  }

  /** A date, a date and time, or seconds since 1970. */
  private static Instant instant(String text) {
    if (text.matches("[0-9]+")) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    return text.contains("T")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
