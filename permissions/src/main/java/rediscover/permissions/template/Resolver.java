package rediscover.permissions.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates CloudFormation's <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">intrinsic
 * functions</a>.
 */
final class Resolver {

  /** {@code AWS::NoValue}, until the entry that contains it is removed. */
  private static final Object NO_VALUE = new Object();

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, String> parameters;
  private final Map<String, Object> conditions;
  private final Deployment deployment;
  private final PhysicalIds ids;
  private final Map<String, String> imports;

  Resolver(
      Map<String, String> parameters,
      Map<String, Object> conditions,
      Deployment deployment,
      PhysicalIds ids,
      Map<String, String> imports) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.deployment = deployment;
    this.ids = ids;
    this.imports = imports;
  }

  static boolean isFunction(Object value) {
    return value instanceof Map<?, ?> map
        && map.size() == 1
        && map.keySet().iterator().next() instanceof String key
        && (key.equals("Ref") || key.startsWith("Fn::"));
  }

  private static List<Object> arguments(Object value, int count, Place place) {
    List<Object> arguments = place.list(value);
    if (arguments.size() != count) {
      throw place.refuse("wrong number of arguments: " + arguments.size());
    }
    return arguments;
  }

  /** Whether a condition of the template holds. */
  boolean holds(String name, Place place) {
    if (!conditions.containsKey(name)) {
      throw place.refuse("condition " + name + " is not declared");
    }
    return evaluate(conditions.get(name), Place.top(place.file()).child("Conditions").child(name));
  }

  private boolean evaluate(Object expression, Place place) {
    if (!isFunction(expression)) {
      throw place.refuse("must be a condition function");
    }
    Map.Entry<String, Object> call = place.map(expression).entrySet().iterator().next();
    Place at = place.child(call.getKey());
    return switch (call.getKey()) {
      case "Fn::Equals" -> {
        List<Object> sides = arguments(call.getValue(), 2, at);
        yield resolve(sides.get(0), at).equals(resolve(sides.get(1), at));
      }
      case "Fn::Not" -> !evaluate(arguments(call.getValue(), 1, at).getFirst(), at);
      default -> throw place.refuse("condition function " + call.getKey() + " is not supported");
    };
  }

  /** The value with all its functions evaluated. */
  Object resolve(Object value, Place place) {
    Object resolved = resolveOrNothing(value, place);
    if (resolved == NO_VALUE) {
      throw place.refuse("AWS::NoValue is not allowed here");
    }
    return resolved;
  }

  String resolveString(Object value, Place place) {
    return place.string(resolve(value, place));
  }

  private Object resolveOrNothing(Object value, Place place) {
    return switch (value) {
      case List<?> list -> resolveList(list, place);
      case Map<?, ?> map when isFunction(map) -> {
        Map.Entry<String, Object> call = place.map(map).entrySet().iterator().next();
        yield call(call.getKey(), call.getValue(), place);
      }
      case Map<?, ?> map -> resolveMap(place.map(map), place);
      default -> value;
    };
  }

  private List<Object> resolveList(List<?> list, Place place) {
    List<Object> resolved = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = resolveOrNothing(list.get(i), place.item(i));
      if (item != NO_VALUE) {
        resolved.add(item);
      }
    }
    return resolved;
  }

  private Map<String, Object> resolveMap(Map<String, Object> map, Place place) {
    Map<String, Object> resolved = YamlMap.insteadOf(map);
    map.forEach(
        (key, value) -> {
          if (key.startsWith("Fn::") || key.equals("Ref")) {
            throw place.refuse("function " + key + " must be the only key");
          }
          Object item = resolveOrNothing(value, place.child(key));
          if (item != NO_VALUE) {
            resolved.put(key, item);
          }
        });
    return resolved;
  }

  private Object call(String function, Object argument, Place place) {
    Place at = place.child(function);
    return switch (function) {
      case "Ref" -> ref(at.string(argument), at);
      case "Fn::GetAtt" -> getAtt(argument, at);
      case "Fn::Sub" -> sub(argument, at);
      case "Fn::Join" -> join(argument, at);
      case "Fn::Split" -> split(argument, at);
      case "Fn::Select" -> select(argument, at);
      case "Fn::If" -> choose(argument, at);
      case "Fn::ImportValue" -> importValue(argument, at);
      default -> throw place.refuse("function " + function + " is not supported");
    };
  }

  private Object ref(String name, Place place) {
    if (name.startsWith("AWS::")) {
      return switch (name) {
        case "AWS::Region" -> deployment.region();
        case "AWS::AccountId" -> deployment.accountId();
        case "AWS::Partition" -> deployment.partition();
        case "AWS::StackName" -> deployment.stackName();
        case "AWS::StackId" -> deployment.stackId();
        case "AWS::URLSuffix" -> deployment.urlSuffix();
        case "AWS::NoValue" -> NO_VALUE;
        default -> throw place.refuse("pseudo parameter " + name + " is not supported");
      };
    }
    String parameter = parameters.get(name);
    return parameter != null ? parameter : ids.of(name, this, place).ref();
  }

  private String getAtt(Object argument, Place place) {
    // SAM and CloudFormation write it as a list.
    List<String> parts =
        argument instanceof String text ? List.of(text.split("\\.", 2)) : strings(argument, place);
    if (parts.size() != 2) {
      throw place.refuse("must name a resource and an attribute");
    }
    String logicalId = parts.getFirst();
    String attribute = parts.getLast();
    String value = ids.of(logicalId, this, place).attributes().get(attribute);
    if (value == null) {
      throw place.refuse("attribute " + attribute + " of " + logicalId + " is not supported");
    }
    return value;
  }

  private String sub(Object argument, Place place) {
    if (argument instanceof String text) {
      return substitute(text, Map.of(), place);
    }
    List<Object> parts = arguments(argument, 2, place);
    Map<String, Object> variables = resolveMap(place.map(parts.get(1)), place);
    return substitute(place.string(parts.get(0)), variables, place);
  }

  private String substitute(String text, Map<String, Object> variables, Place place) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              String name = found.group(1);
              // ${!name} is how a template writes ${name} itself, such as an IAM policy variable.
              String value =
                  name.startsWith("!")
                      ? "${" + name.substring(1) + "}"
                      : place.child(name).string(variable(name, variables, place));
              return Matcher.quoteReplacement(value);
            });
  }

  private Object variable(String name, Map<String, Object> variables, Place place) {
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    return name.contains(".") ? getAtt(name, place) : ref(name, place);
  }

  private String join(Object argument, Place place) {
    List<Object> parts = arguments(argument, 2, place);
    return String.join(place.string(parts.get(0)), strings(parts.get(1), place));
  }

  private List<String> split(Object argument, Place place) {
    List<Object> parts = arguments(argument, 2, place);
    String delimiter = place.string(parts.get(0));
    return Arrays.asList(resolveString(parts.get(1), place).split(Pattern.quote(delimiter), -1));
  }

  private String select(Object argument, Place place) {
    List<Object> parts = arguments(argument, 2, place);
    String index = resolveString(parts.get(0), place);
    List<String> items = strings(parts.get(1), place);
    if (!index.matches("[0-9]{1,4}") || Integer.parseInt(index) >= items.size()) {
      throw place.refuse("index " + index + " is out of range for a list of " + items.size());
    }
    return items.get(Integer.parseInt(index));
  }

  /** CloudFormation has no Fn::If in a condition, where one could choose by itself. */
  private Object choose(Object argument, Place place) {
    if (place.path().startsWith("Conditions.")) {
      throw place.refuse("is not allowed in a condition");
    }
    List<Object> parts = arguments(argument, 3, place);
    boolean holds = holds(place.string(parts.get(0)), place);
    return resolveOrNothing(parts.get(holds ? 1 : 2), place.item(holds ? 1 : 2));
  }

  private String importValue(Object argument, Place place) {
    String name = resolveString(argument, place);
    String value = imports.get(name);
    if (value == null) {
      throw place.refuse("no stack exports " + name);
    }
    return value;
  }

  private List<String> strings(Object value, Place place) {
    return place.list(resolve(value, place)).stream().map(item -> place.string(item)).toList();
  }
}
