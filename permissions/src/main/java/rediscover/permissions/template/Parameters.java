package rediscover.permissions.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of a template's parameters, checked as CloudFormation checks them. Messages do not
 * repeat a value: it may be a secret.
 */
final class Parameters {

  private static final Set<String> KEYS =
      Set.of(
          "Type",
          "Default",
          "Description",
          "NoEcho",
          "ConstraintDescription",
          "AllowedValues",
          "AllowedPattern",
          "MinLength",
          "MaxLength",
          "MinValue",
          "MaxValue");

  private Parameters() {}

  /** Every parameter with the value that is given, or with its default. */
  static Map<String, String> read(
      Map<String, Object> declared, Map<String, String> given, Place place) {
    for (String name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw place.refuse("parameter " + name + " is not declared");
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    declared.forEach(
        (name, declaration) -> {
          Place at = place.child(name);
          Map<String, Object> rules = at.map(declaration);
          at.allowKeys(rules, KEYS);
          String value = given.get(name);
          if (value == null) {
            if (!rules.containsKey("Default")) {
              throw at.refuse("needs a value: it has no default");
            }
            value = at.child("Default").string(rules.get("Default"));
          }
          check(value, rules, at);
          values.put(name, value);
        });
    return values;
  }

  private static void check(String value, Map<String, Object> rules, Place place) {
    String type = place.child("Type").string(rules.getOrDefault("Type", ""));
    if (!type.equals("String") && !type.equals("Number")) {
      throw place.child("Type").refuse("parameter type '" + type + "' is not supported");
    }
    if (type.equals("Number") && !isNumber(value)) {
      throw place.refuse("must be a number");
    }
    rules.forEach(
        (rule, limit) -> {
          Place at = place.child(rule);
          boolean kept =
              switch (rule) {
                case "AllowedValues" -> at.list(limit).contains(value);
                case "AllowedPattern" -> Pattern.matches(at.string(limit), value);
                case "MinLength" -> value.length() >= number(limit, at);
                case "MaxLength" -> value.length() <= number(limit, at);
                case "MinValue" -> number(value, place) >= number(limit, at);
                case "MaxValue" -> number(value, place) <= number(limit, at);
                default -> true;
              };
          if (!kept) {
            throw at.refuse("the parameter's value does not satisfy this constraint");
          }
        });
  }

  private static boolean isNumber(String text) {
    return text.matches("[+-]?[0-9]+(\\.[0-9]+)?");
  }

  private static double number(Object value, Place place) {
    String text = place.string(value);
    if (!isNumber(text)) {
      throw place.refuse("must be a number");
    }
    return Double.parseDouble(text);
  }
}
