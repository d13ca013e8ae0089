package rediscover.permissions.template;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  Parameters(Map<String, Object> declared, Map<String, String> given, Place place) {
    for (String name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw place.refuse("parameter " + name + " is not declared");
      }
    }
    declared.forEach(
        (name, declaration) -> {
          Place at = place.child(name);
          Map<String, Object> rules = at.map(declaration);
          at.allowKeys(rules, KEYS);
          String text = given.get(name);
          if (text == null) {
            if (!rules.containsKey("Default")) {
              throw at.refuse("needs a value: it has no default");
            }
            text = at.child("Default").string(rules.get("Default"));
          }
          texts.put(name, text);
          values.put(name, value(text, rules, at));
        });
  }

  /** The values as given, or the defaults. */
  Map<String, String> texts() {
    return texts;
  }

  /** The values for {@code Ref}: each a string or a list of strings. */
  Map<String, Object> values() {
    return values;
  }

  private static Object value(String text, Map<String, Object> rules, Place place) {
    String type = place.child("Type").string(rules.getOrDefault("Type", ""));
    return switch (type) {
      case "String", "Number" -> {
        check(text, type, rules, place);
        yield text;
      }
      case "CommaDelimitedList", "List<Number>" -> {
        List<String> items =
            text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        items.forEach(item -> check(item, type, rules, place));
        yield items;
      }
      default -> throw place.child("Type").refuse("parameter type '" + type + "' is not supported");
    };
  }

  private static void check(String text, String type, Map<String, Object> rules, Place place) {
    boolean number = type.equals("Number") || type.equals("List<Number>");
    if (number && !isNumber(text)) {
      throw place.refuse("must be a number");
    }
    rules.forEach(
        (rule, limit) -> {
          Place at = place.child(rule);
          boolean kept =
              switch (rule) {
                case "AllowedValues" -> at.list(limit).contains(text);
                case "AllowedPattern" -> Pattern.matches(at.string(limit), text);
                case "MinLength" -> text.length() >= number(limit, at);
                case "MaxLength" -> text.length() <= number(limit, at);
                case "MinValue" -> number(text, place) >= number(limit, at);
                case "MaxValue" -> number(text, place) <= number(limit, at);
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
