package rediscover.permissions.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes policies and requests over the whole grammar: what IAM takes, what it does not, and what is
 * hard to get right. The same seed makes the same case.
 */
final class HardCases {

  /**
   * A request and the statements that decide it.
   *
   * @param identity statements of the caller's role
   * @param resource statements of the resource's policy
   */
  record Case(
      Request request, List<Map<String, Object>> identity, List<Map<String, Object>> resource) {}

  private static final List<String> ACTIONS =
      List.of(
          "sqs:SendMessage", "sqs:DeleteMessage", "s3:GetObject", "kms:Decrypt", "sts:TagSession");

  private static final List<String> RESOURCES =
      List.of(
          "arn:aws:sqs:us-east-1:%s:red",
          "arn:aws:sqs:us-east-1:%s:likes-1",
          "arn:aws:s3:::docs/red/a",
          "arn:aws:lambda:us-east-1:%s:function:f:live",
          "arn:aws:kms:us-east-1:%s:key/k",
          "arn:aws:iam::%s:role/Target",
          "*");

  private static final List<String> TEXTS = List.of("red", "blue", "Red", "r*", "?ed", "*");
  private static final List<String> VARIABLES =
      List.of(
          "${aws:PrincipalTag/team}",
          "${aws:PrincipalTag/team, 'red'}",
          "${aws:PrincipalTag/none}",
          "${aws:principaltag/TEAM}-*",
          "${*}",
          "${ aws:PrincipalTag/team }",
          "${aws:TagKeys}",
          "${aws:Nobody}",
          "${");

  /** Keys with values of each type, some of which are not of the type. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("aws:PrincipalTag/team", TEXTS),
          Map.entry("aws:PrincipalTag/none", TEXTS),
          Map.entry("aws:ResourceTag/team", TEXTS),
          Map.entry("aws:RequestedRegion", List.of("us-east-1", "eu-west-1", "us-*")),
          Map.entry("aws:PrincipalAccount", List.of(Cases.ACCOUNT_A, Cases.ACCOUNT_B)),
          Map.entry("aws:ResourceAccount", List.of(Cases.ACCOUNT_A, Cases.ACCOUNT_B)),
          Map.entry("aws:PrincipalOrgID", List.of("o-1", "o-2")),
          Map.entry("aws:TagKeys", TEXTS),
          Map.entry("aws:PrincipalOrgPaths", List.of("o-1/r/a/", "o-1/r/b/", "o-1/*")),
          Map.entry(
              "aws:SourceArn",
              List.of(
                  "arn:aws:sns:us-east-1:111111111111:t",
                  "arn:aws:sns:*:*:t",
                  "arn:aws:sns:us-east-1:111111111111:${aws:PrincipalTag/team}",
                  "arn:aws:sns:${aws:RequestedRegion}:1:t",
                  "arn:aws:SNS:us-east-1:111111111111:t",
                  "t")),
          Map.entry(
              "aws:PrincipalArn", List.of("arn:aws:iam::*:role/Role", "arn:aws:iam::*:role/*")),
          Map.entry("aws:SecureTransport", List.of("true", "false", "maybe")),
          Map.entry("aws:PrincipalIsAWSService", List.of("true", "false")),
          Map.entry("aws:CurrentTime", List.of("2026-01-01T00:00:00Z", "2026-06-01", "soon")),
          Map.entry("aws:EpochTime", List.of("1767225600", "99999999999999999", "-1")),
          Map.entry("s3:max-keys", List.of("10", "10.0", "9", "1e400", "many")),
          Map.entry(
              "aws:SourceIp", List.of("127.0.0.1", "127.0.0.0/8", "10.0.0.0/8", "::1/128", "home")),
          Map.entry("aws:Nobody", TEXTS));

  private static final List<String> KEYS = VALUES.keySet().stream().sorted().toList();

  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringEqualsIgnoreCase",
          "StringNotEqualsIgnoreCase",
          "StringLike",
          "StringNotLike",
          "ArnLike",
          "ArnNotLike",
          "ArnEquals",
          "ArnNotEquals",
          "Bool",
          "NumericEquals",
          "NumericNotEquals",
          "NumericLessThan",
          "NumericGreaterThanEquals",
          "DateEquals",
          "DateNotEquals",
          "DateLessThanEquals",
          "DateGreaterThan",
          "IpAddress",
          "NotIpAddress",
          "Null",
          "StringIs");

  private final SplittableRandom random;

  HardCases(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Case next() {
    Request request = request();
    return new Case(request, statements(request, false), statements(request, true));
  }

  /** A statement that may have to do with the request. */
  Map<String, Object> statement(Request request, boolean ofResource, String effect) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", effect);
    if (ofResource) {
      statement.put(chance(100) ? "NotPrincipal" : "Principal", principal(request));
    }
    statement.put(chance(6) ? "NotAction" : "Action", some(() -> action(request)));
    statement.put(chance(6) ? "NotResource" : "Resource", some(() -> resource(request)));
    if (chance(2)) {
      statement.put("Condition", condition());
    }
    return statement;
  }

  /** A key, and what an operator may be asked to compare it with. */
  Map.Entry<String, List<String>> keyAndValues() {
    String key = pick(KEYS);
    return Map.entry(key, some(() -> value(key)));
  }

  String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private Request request() {
    String owner = chance(3) ? Cases.ACCOUNT_B : Cases.ACCOUNT_A;
    Map<String, List<String>> context = new TreeMap<>();
    for (String key : KEYS) {
      if (chance(2)) {
        boolean many = key.equals("aws:TagKeys") || key.equals("aws:PrincipalOrgPaths");
        context.put(
            key,
            IntStream.range(0, many ? random.nextInt(3) : 1)
                .mapToObj(i -> pick(VALUES.get(key)))
                .toList());
      }
    }
    return new Request(caller(), pick(ACTIONS), pick(RESOURCES).formatted(owner), owner, context);
  }

  private Principal caller() {
    if (chance(4)) {
      return new Principal.Service(chance(2) ? "sns.amazonaws.com" : "s3.amazonaws.com");
    }
    Map<String, String> tags = new TreeMap<>();
    if (chance(2)) {
      tags.put("team", chance(20) ? "" : pick(List.of("red", "blue", "*")));
    }
    return new Principal.RoleSession(
        "arn:aws:iam::" + Cases.ACCOUNT_A + ":role/Role", "session", tags);
  }

  private List<Map<String, Object>> statements(Request request, boolean ofResource) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i -> statement(request, ofResource, chance(4) ? "Deny" : "Allow"))
        .toList();
  }

  private Object principal(Request request) {
    String service = "sns.amazonaws.com";
    return switch (random.nextInt(9)) {
      case 0, 1 -> "*";
      case 2 -> Map.of("AWS", "*");
      case 3 -> Map.of("AWS", List.of(Cases.ACCOUNT_A, Cases.ACCOUNT_B));
      case 4 -> Map.of("AWS", "arn:aws:iam::" + Cases.ACCOUNT_A + ":root");
      case 5 -> Map.of("AWS", "arn:aws:iam::" + Cases.ACCOUNT_A + ":role/Role");
      case 6 -> Map.of("AWS", "arn:aws:sts::" + Cases.ACCOUNT_A + ":assumed-role/Role/session");
      case 7 -> Map.of("Service", service, "AWS", "arn:aws:iam::" + Cases.ACCOUNT_B + ":role/Role");
      default ->
          request.principal() instanceof Principal.Service(String name)
              ? Map.of("Service", name)
              : Map.of("Service", service);
    };
  }

  private String action(Request request) {
    String action = request.action();
    int colon = action.indexOf(':');
    return switch (random.nextInt(7)) {
      case 0 -> "*";
      case 1 -> action;
      case 2 -> action.substring(0, colon) + ":*";
      case 3 -> action.substring(0, colon + 2) + "*" + action.substring(action.length() - 1);
      case 4 -> action.replaceFirst(".$", "?");
      case 5 -> pick(ACTIONS);
      default -> chance(20) ? "*:" + action : "sqs:*Message";
    };
  }

  private String resource(Request request) {
    String arn = request.resource();
    if (arn.equals("*")) {
      return chance(2) ? "*" : "arn:aws:sqs:*:*:*";
    }
    String[] parts = arn.split(":", 6);
    return switch (random.nextInt(10)) {
      case 0, 1 -> "*";
      case 2 -> arn;
      case 3 -> arn.substring(0, arn.length() - 1) + "*";
      case 4 -> arn.replaceFirst(".$", "?");
      case 5 -> "arn:aws:%s:*:*:*".formatted(parts[2]);
      case 6 -> "arn:aws:%s:*:*:%s".formatted(parts[2], parts[5]);
      case 7 -> pick(RESOURCES).formatted(Cases.ACCOUNT_A);
      case 8 -> "arn:aws:s3:::docs/" + pick(VARIABLES) + "/*";
      default ->
          chance(10)
              ? pick(
                  List.of(
                      "arn:aws:lambda:us-east-1:1:func*:x",
                      "arn:aws:SQS:us-east-1:1:red",
                      "arn:aws:s*:us-east-1:1:red",
                      "arn:aws:sqs:${aws:RequestedRegion}:1:red",
                      "red"))
              : "arn:aws:sqs:us-east-1:*:${aws:PrincipalTag/team}";
    };
  }

  private Map<String, Object> condition() {
    Map<String, Object> condition = new LinkedHashMap<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      Map.Entry<String, List<String>> key = keyAndValues();
      String operator = operatorFor(key.getKey());
      List<String> values =
          operator.equals("Null") ? List.of(pick(List.of("true", "false"))) : key.getValue();
      condition.put(operator, Map.of(key.getKey(), values));
    }
    return condition;
  }

  /** Mostly one that compares the key, with a quantifier where it needs one. */
  private String operatorFor(String key) {
    String operator = pick(OPERATORS);
    if (chance(50)) {
      return operator;
    }
    boolean known = !key.equals("aws:Nobody");
    while (known && !operator.equals("Null") && !ConditionKey.of(key).isComparedBy(operator)) {
      operator = pick(OPERATORS);
    }
    if (operator.equals("Null")) {
      return operator;
    }
    boolean many = known && ConditionKey.of(key).multivalued();
    String quantifier =
        chance(many ? 50 : 8) == many ? "" : chance(2) ? "ForAnyValue:" : "ForAllValues:";
    return quantifier + operator + (chance(4) ? "IfExists" : "");
  }

  private String value(String key) {
    boolean text = VALUES.get(key).equals(TEXTS);
    // A variable that is no variable ends many cases early: it comes seldom.
    return text && chance(8)
        ? pick(chance(10) ? VARIABLES : VARIABLES.subList(0, 5))
        : chance(40) ? VALUES.get(key).getLast() : pick(mostly(VALUES.get(key)));
  }

  /** Without the last one, which is often not of the type. */
  private static List<String> mostly(List<String> values) {
    return values.subList(0, Math.max(1, values.size() - 1));
  }

  private List<String> some(Supplier<String> make) {
    return Stream.generate(make).limit(1 + random.nextInt(2)).distinct().toList();
  }

  /** The case of every letter left to chance. */
  String inAnyCase(String text) {
    StringBuilder any = new StringBuilder();
    text.chars()
        .forEach(c -> any.append((char) (chance(2) ? c : c ^ (Character.isLetter(c) ? ' ' : 0))));
    return any.toString();
  }

  /** The same in another order. */
  <T> List<T> shuffled(List<T> list) {
    List<T> shuffled = new ArrayList<>(list);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      shuffled.set(i, shuffled.set(j, shuffled.get(i)));
    }
    return shuffled;
  }
}
