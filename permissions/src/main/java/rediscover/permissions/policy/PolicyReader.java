package rediscover.permissions.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a policy document by <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">IAM's
 * grammar</a>, and refuses everything else: it might restrict what the policy allows.
 */
final class PolicyReader {

  private static final Set<String> POLICY_KEYS = Set.of("Version", "Id", "Statement");

  /**
   * Without NotPrincipal, whose effect <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html">depends
   * on the service</a>. AWS recommends aws:PrincipalArn instead.
   */
  private static final Set<String> STATEMENT_KEYS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private static final Pattern OPERATOR =
      Pattern.compile("(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(?<partition>[^:]*):(?<service>[^:]*):[^:]*:[^:]*:(?<resource>.+)", Pattern.DOTALL);

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");
  private static final Pattern PARTITION = Pattern.compile("[a-z-]+");
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+");

  /** A wildcard or a variable in the resource type. */
  private static final Pattern OPEN_TYPE = Pattern.compile("[^:/]*[*?$]");

  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");

  /** The services whose ARNs have no resource type. */
  private static final Set<String> WITHOUT_RESOURCE_TYPE =
      Set.of("execute-api", "s3", "sns", "sqs");

  private static final Pattern ACCOUNT_ROOT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):root");
  private static final Pattern IDENTITY =
      Pattern.compile(
          "arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[^*?]+"
              + "|arn:[a-z-]+:sts::[0-9]{12}:assumed-role/[^*?/]+/[^*?/]+");

  private static final String IN_A_REGION = ".*\\.[a-z]{2}(-[a-z]+)+-[0-9]\\..*";

  private final String name;
  private final PolicyType type;
  private final Set<ConditionKey.Supplier> suppliers;
  private final Set<String> ids = new HashSet<>();

  /**
   * Reads one policy.
   *
   * @param suppliers the suppliers of the condition keys that it may use
   */
  PolicyReader(String name, PolicyType type, Set<ConditionKey.Supplier> suppliers) {
    this.name = name;
    this.type = type;
    this.suppliers = suppliers;
  }

  Policy policy(Object document) {
    try {
      return read(document);
    } catch (PolicyException e) {
      throw e.at(document);
    }
  }

  private Policy read(Object document) {
    Map<String, Object> policy = map(document, name);
    allowKeys(policy, POLICY_KEYS, name);
    // Without it AWS reads an older language, in which ${…} is not a variable.
    if (!"2012-10-17".equals(policy.get("Version"))) {
      throw new PolicyException(name + ": Version must be 2012-10-17");
    }
    List<Statement> statements = new ArrayList<>();
    for (Object statement : listOrOne(policy.get("Statement"))) {
      statements.add(statement(statement, statements.size() + 1));
    }
    if (statements.isEmpty()) {
      throw new PolicyException(name + ": has no Statement");
    }
    return new Policy(name, type, statements);
  }

  private Statement statement(Object document, int number) {
    Map<String, Object> statement = map(document, name + "/" + number);
    String id = name + "/" + statement.getOrDefault("Sid", number);
    try {
      allowKeys(statement, STATEMENT_KEYS, "statement");
      if (type == PolicyType.IDENTITY_BASED && !id.matches(".*/[A-Za-z0-9]+")) {
        throw new PolicyException(
            "a Sid of an identity-based policy takes only letters and digits");
      }
      if (!ids.add(id)) {
        throw new PolicyException("duplicate Sid");
      }
      return new Statement(
          id,
          type,
          effect(statement.get("Effect")),
          principals(statement.get("Principal")),
          targets(statement, "Action"),
          targets(statement, "Resource"),
          conditions(statement),
          statement);
    } catch (PolicyException e) {
      throw new PolicyException(id + ": " + e.getMessage(), e).at(document);
    }
  }

  private static Effect effect(Object value) {
    if ("Allow".equals(value)) {
      return Effect.ALLOW;
    }
    if ("Deny".equals(value)) {
      return Effect.DENY;
    }
    throw new PolicyException("Effect must be Allow or Deny");
  }

  private Optional<Principals> principals(Object element) {
    if (type == PolicyType.IDENTITY_BASED) {
      if (element != null) {
        throw new PolicyException("an identity-based policy must not have a Principal");
      }
      return Optional.empty();
    }
    if ("*".equals(element)) {
      return Optional.of(new Principals(true, Set.of(), Set.of()));
    }
    Map<String, Object> byKind = map(element, "Principal");
    allowKeys(byKind, Set.of("AWS", "Service"), "Principal");
    Set<String> aws = new HashSet<>();
    boolean everyone = false;
    for (String value : strings(byKind.get("AWS"))) {
      everyone |= value.equals("*");
      if (!value.equals("*")) {
        aws.add(identity(value));
      }
    }
    Set<String> services = new HashSet<>(strings(byKind.get("Service")));
    for (String service : services) {
      // A regional principal would be a second name of the same service.
      if (!service.matches("[a-z0-9.-]+\\.amazonaws\\.com") || service.matches(IN_A_REGION)) {
        throw new PolicyException("service principal " + service + " is not supported");
      }
    }
    if (!everyone && aws.isEmpty() && services.isEmpty()) {
      throw new PolicyException("Principal is empty");
    }
    return Optional.of(new Principals(everyone, aws, services));
  }

  /** Both forms of an account become its id. Wildcards are not allowed. */
  private static String identity(String principal) {
    Matcher root = ACCOUNT_ROOT.matcher(principal);
    if (root.matches()) {
      return root.group(1);
    }
    if (!principal.matches("[0-9]{12}") && !IDENTITY.matcher(principal).matches()) {
      throw new PolicyException("principal " + principal + " is not supported");
    }
    return principal;
  }

  /** Action or NotAction, Resource or NotResource. */
  private Targets targets(Map<String, Object> statement, String element) {
    boolean inverted = statement.containsKey("Not" + element);
    boolean plain = statement.containsKey(element);
    boolean isResource = element.equals("Resource");
    if (type == PolicyType.TRUST && isResource) {
      if (inverted || plain) {
        throw new PolicyException("a trust policy must not have a Resource");
      }
      return new Targets(false, List.of(resource("*", false)));
    }
    if (inverted == plain) {
      throw new PolicyException("must have either " + element + " or Not" + element);
    }
    List<String> values = strings(statement.get(inverted ? "Not" + element : element));
    if (values.isEmpty()) {
      throw new PolicyException(element + " is empty");
    }
    return new Targets(
        inverted,
        values.stream()
            .map(value -> isResource ? resource(value, inverted) : action(value))
            .toList());
  }

  private static PolicyText action(String value) {
    if (!ACTION.matcher(value).matches()) {
      throw new PolicyException(value + " is not an action");
    }
    return PolicyText.ignoringCase(value, PolicyText.Wildcards.TEXT);
  }

  private PolicyText resource(String value, boolean inverted) {
    PolicyText text = PolicyText.of(value, PolicyText.Wildcards.RESOURCE);
    if (!value.equals("*")) {
      checkArn(value);
    }
    // A variable without a value would exclude nothing.
    if (inverted && text.hasVariables()) {
      throw new PolicyException("NotResource with a policy variable is not supported");
    }
    text.variables().forEach(this::checkVariable);
    return text;
  }

  /**
   * Checks an ARN: <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#reference_identifiers_arn-wildcards-paths">no
   * wildcard in the resource type</a>, <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">the
   * service in lower case</a>.
   */
  private static void checkArn(String value) {
    Matcher arn = ARN.matcher(VARIABLE.matcher(value).replaceAll("\\$"));
    if (!arn.matches()) {
      throw new PolicyException(value + " is not an ARN");
    }
    if (!PARTITION.matcher(arn.group("partition")).matches()) {
      throw new PolicyException(
          value + ": the ARN's partition must be lower-case letters without wildcards");
    }
    if (!SERVICE.matcher(arn.group("service")).matches()) {
      throw new PolicyException(value + ": the ARN's service must be lower case without wildcards");
    }
    String resource = arn.group("resource");
    boolean typed = !WITHOUT_RESOURCE_TYPE.contains(arn.group("service"));
    if (typed && !resource.equals("*") && OPEN_TYPE.matcher(resource).lookingAt()) {
      throw new PolicyException(value + ": a wildcard in the resource type is not supported");
    }
  }

  private List<Condition> conditions(Map<String, Object> statement) {
    List<Condition> conditions = new ArrayList<>();
    map(statement.getOrDefault("Condition", Map.of()), "Condition")
        .forEach(
            (operator, keys) -> {
              Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
              map(keys, operator)
                  .forEach(
                      (key, values) -> {
                        if (!seen.add(key)) {
                          throw new PolicyException("duplicate condition key " + key);
                        }
                        conditions.add(condition(operator, key, values));
                      });
            });
    return conditions;
  }

  private Condition condition(String operator, String key, Object element) {
    List<String> values = strings(element);
    Matcher parts = OPERATOR.matcher(operator);
    if (!parts.matches()) {
      throw new PolicyException("condition operator " + operator + " is not supported");
    }
    if (values.isEmpty()) {
      throw new PolicyException("condition key " + key + " has no value");
    }
    if (operator.equals("Null")) {
      if (values.size() > 1 || !values.getFirst().matches("true|false")) {
        throw new PolicyException("Null must be true or false");
      }
      known(key);
      return new Condition.Presence(key, values.getFirst().equals("true"));
    }
    String name = parts.group(2);
    List<Operand> operands = values.stream().map(value -> Operand.read(name, value)).toList();
    ConditionKey known = known(key);
    if (!known.isComparedBy(name)) {
      throw new PolicyException("condition operator " + name + " does not apply to " + key);
    }
    operands.stream().flatMap(operand -> operand.variables().stream()).forEach(this::checkVariable);
    Optional<Condition.Quantifier> quantifier =
        Optional.ofNullable(parts.group(1))
            .map(
                set ->
                    set.equals("ForAnyValue")
                        ? Condition.Quantifier.FOR_ANY_VALUE
                        : Condition.Quantifier.FOR_ALL_VALUES);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    if (known.multivalued() && quantifier.isEmpty()) {
      throw new PolicyException(
          "condition key " + key + " is multivalued: use ForAnyValue or ForAllValues");
    }
    if (name.equals("Bool") && values.size() > 1) {
      throw new PolicyException("condition key " + key + " takes one value with Bool");
    }
    return new Condition.Comparison(
        key, quantifier, name.contains("Not"), parts.group(3) != null, operands);
  }

  /** A policy variable needs a key with one value. */
  private void checkVariable(String key) {
    if (known(key).multivalued()) {
      throw new PolicyException("${" + key + "} is multivalued and cannot be a policy variable");
    }
  }

  private ConditionKey known(String name) {
    ConditionKey key = ConditionKey.of(name);
    if (!suppliers.contains(key.supplier())) {
      throw new PolicyException(
          "condition key " + name + " is not supported: the embedded run does not know its value");
    }
    return key;
  }

  private static void allowKeys(Map<String, Object> map, Set<String> known, String place) {
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        throw new PolicyException(place + ": " + key + " is not supported");
      }
    }
  }

  private static Map<String, Object> map(Object value, String place) {
    if (!(value instanceof Map<?, ?>)) {
      throw new PolicyException(place + ": must be an object");
    }
    @SuppressWarnings("unchecked") // JSON and templates have only strings as keys.
    Map<String, Object> map = (Map<String, Object>) value;
    return map;
  }

  private static List<?> listOrOne(Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      default -> List.of(value);
    };
  }

  private static List<String> strings(Object value) {
    List<String> strings = new ArrayList<>();
    for (Object item : listOrOne(value)) {
      if (!(item instanceof String string)) {
        throw new PolicyException("must be a string or a list of strings");
      }
      strings.add(string);
    }
    return strings;
  }
}
