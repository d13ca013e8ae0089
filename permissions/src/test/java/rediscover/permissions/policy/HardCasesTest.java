package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rediscover.permissions.policy.HardCases.Case;

/**
 * What has to hold for any policies and any request, whatever they say. A failure prints the case's
 * seed: {@code -Dpolicies.seed=7 -Dpolicies.cases=1} makes that case again.
 */
class HardCasesTest {

  private static final int CASES = Integer.getInteger("policies.cases", 20_000);
  private static final long SEED =
      Long.getLong("policies.seed", ThreadLocalRandom.current().nextLong(1L << 40));

  /** The policies of the case under way, by their very statements: most are asked for often. */
  private static final ThreadLocal<Map<List<Map<String, Object>>, List<Policy>>> READ =
      ThreadLocal.withInitial(IdentityHashMap::new);

  private enum Outcome {
    ALLOWED,
    DENIED,
    NOT_ALLOWED,
    REFUSED
  }

  @FunctionalInterface
  private interface Property {
    void check(HardCases cases, Case any);
  }

  private static final List<Property> PROPERTIES =
      List.of(
          HardCasesTest::anExplicitDenyWins,
          HardCasesTest::oneMoreAllowNeverTakesAwayAndOneMoreDenyNeverGives,
          HardCasesTest::withoutItsConditionAStatementIsAboutAsMuchOrMore,
          HardCasesTest::orderAndCaseDoNotMatter,
          HardCasesTest::aStatementAboutSeveralThingsIsAsManyStatements,
          HardCasesTest::whatIsSaidOfTheReasonIsTheReason,
          HardCasesTest::aServiceHasNoIdentityBasedPolicies,
          HardCasesTest::acrossAccountsBothSidesAllow,
          HardCasesTest::whatNoPolicyAsksForDoesNotMatter,
          HardCasesTest::nothingIsAllowedByNothing,
          HardCasesTest::anotherAccountNeverGetsMore,
          HardCasesTest::notMeansAllButThese,
          HardCasesTest::operatorsAreRelatedAsTheirNamesSay);

  @Test
  void everyCaseIsDecidedAsItHasToBeOrRefusedByName() {
    Map<Outcome, Long> outcomes =
        LongStream.range(SEED, SEED + CASES)
            .parallel()
            .mapToObj(HardCasesTest::check)
            .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    // The generator is worth something only if it gets everywhere.
    if (CASES >= 20_000) {
      assertThat(outcomes).as("seed " + SEED).containsOnlyKeys(Outcome.values());
      assertThat(outcomes.values()).as("seed " + SEED).allMatch(count -> count > CASES / 50);
    }
  }

  /** Holds the case of a seed against every property. */
  private static Outcome check(long seed) {
    READ.get().clear();
    var cases = new HardCases(seed);
    Case any = cases.next();
    try {
      decide(any);
    } catch (PolicyException e) {
      assertThat(e).as("seed " + seed).hasMessageMatching("(?s)(identity|resource)/[0-9]+: .+");
      return Outcome.REFUSED; // It has no outcome that others could be compared with.
    }
    for (Property property : PROPERTIES) {
      try {
        property.check(cases, any);
      } catch (AssertionError | RuntimeException e) {
        fail("The case of seed " + seed + ": " + any, e);
      }
    }
    return outcome(any);
  }

  private static void anExplicitDenyWins(HardCases cases, Case any) {
    Map<String, Object> everything = Map.of("Effect", "Deny", "Action", "*", "Resource", "*");
    Map<String, Object> forEverybody = new LinkedHashMap<>(everything);
    forEverybody.put("Principal", "*");
    if (outcome(any) != Outcome.REFUSED) {
      assertThat(outcome(withIdentity(any, everything))).isEqualTo(Outcome.DENIED);
      assertThat(outcome(withResource(any, forEverybody))).isEqualTo(Outcome.DENIED);
    }
  }

  private static void oneMoreAllowNeverTakesAwayAndOneMoreDenyNeverGives(
      HardCases cases, Case any) {
    for (String effect : List.of("Allow", "Deny")) {
      Case more =
          cases.chance(2)
              ? withIdentity(any, cases.statement(any.request(), false, effect))
              : withResource(any, cases.statement(any.request(), true, effect));
      if (effect.equals("Allow")) {
        assertNotNarrower(any, more);
      } else {
        assertNotNarrower(more, any);
      }
    }
  }

  private static void withoutItsConditionAStatementIsAboutAsMuchOrMore(HardCases cases, Case any) {
    Case allows = map(any, statement -> without(statement, "Condition", "Allow"));
    assertNotNarrower(any, allows);
    Case denies = map(any, statement -> without(statement, "Condition", "Deny"));
    assertNotNarrower(denies, any);
  }

  private static void orderAndCaseDoNotMatter(HardCases cases, Case any) {
    Case shuffled =
        new Case(any.request(), cases.shuffled(any.identity()), cases.shuffled(any.resource()));
    assertThat(outcome(shuffled)).isEqualTo(outcome(any));
    Case anyCase = map(any, statement -> inAnyCase(cases, statement));
    assertThat(outcome(anyCase)).isEqualTo(outcome(any));
  }

  private static void aStatementAboutSeveralThingsIsAsManyStatements(HardCases cases, Case any) {
    Case split =
        new Case(
            any.request(),
            any.identity().stream().flatMap(HardCasesTest::split).toList(),
            any.resource().stream().flatMap(HardCasesTest::split).toList());
    assertThat(outcome(split)).isEqualTo(outcome(any));
  }

  private static void whatIsSaidOfTheReasonIsTheReason(HardCases cases, Case any) {
    List<Statement> by =
        switch (decide(any)) {
          case Decision.Allowed(List<Statement> statements) -> statements;
          case Decision.DeniedExplicitly(Statement statement) -> List.of(statement);
          case Decision.NotAllowed(PolicyType missing) -> List.of();
        };
    List<Map<String, Object>> reasons = by.stream().map(Statement::document).toList();
    Case alone =
        new Case(
            any.request(),
            any.identity().stream().filter(reasons::contains).toList(),
            any.resource().stream().filter(reasons::contains).toList());
    assertThat(outcome(alone)).isEqualTo(outcome(any));
  }

  private static void aServiceHasNoIdentityBasedPolicies(HardCases cases, Case any) {
    if (!ofRole(any)) {
      Case without = new Case(any.request(), List.of(), any.resource());
      if (!(decide(any) instanceof Decision.DeniedExplicitly)) {
        assertThat(outcome(without)).isEqualTo(outcome(any));
      }
      assertThat(decide(new Case(any.request(), any.identity(), List.of())).isAllowed()).isFalse();
    }
  }

  private static void acrossAccountsBothSidesAllow(HardCases cases, Case any) {
    boolean across =
        any.request().principal() instanceof Principal.RoleSession session
            && !session.account().equals(any.request().resourceAccount());
    if (across && outcome(any) == Outcome.ALLOWED) {
      assertThat(outcome(new Case(any.request(), any.identity(), List.of())))
          .isEqualTo(Outcome.NOT_ALLOWED);
      assertThat(outcome(new Case(any.request(), List.of(), any.resource())))
          .isEqualTo(Outcome.NOT_ALLOWED);
    }
  }

  private static void whatNoPolicyAsksForDoesNotMatter(HardCases cases, Case any) {
    assertThat(
            outcome(
                new Case(
                    any.request().with("aws:UserAgent", "any").with("x:y", "z"),
                    any.identity(),
                    any.resource())))
        .isEqualTo(outcome(any));
  }

  private static void nothingIsAllowedByNothing(HardCases cases, Case any) {
    assertThat(outcome(new Case(any.request(), List.of(), List.of())))
        .isEqualTo(Outcome.NOT_ALLOWED);
  }

  /** What a role may do in another account, it may do in its own by the same policies. */
  private static void anotherAccountNeverGetsMore(HardCases cases, Case any) {
    Request there = any.request();
    boolean asked =
        Stream.of(any.identity(), any.resource())
            .anyMatch(statements -> statements.toString().contains("aws:ResourceAccount"));
    if (!asked && outcome(any) == Outcome.ALLOWED) {
      assertThat(
              outcome(
                  new Case(
                      new Request(
                          there.principal(),
                          there.action(),
                          there.resource(),
                          Cases.ACCOUNT_A,
                          there.context()),
                      any.identity(),
                      any.resource())))
          .isEqualTo(Outcome.ALLOWED);
    }
  }

  private static void notMeansAllButThese(HardCases cases, Case any) {
    for (String element : List.of("Action", "Resource")) {
      Map<String, Object> statement = cases.statement(any.request(), false, "Deny");
      Object values = statement.getOrDefault(element, statement.get("Not" + element));
      Map<String, Object> these = new LinkedHashMap<>(Map.of("Effect", "Deny"));
      these.put(element.equals("Action") ? "Resource" : "Action", "*");
      Map<String, Object> others = new LinkedHashMap<>(these);
      these.put(element, values);
      others.put("Not" + element, values);
      Outcome one = outcome(new Case(any.request(), List.of(these), List.of()));
      Outcome other = outcome(new Case(any.request(), List.of(others), List.of()));
      if (one != Outcome.REFUSED && other != Outcome.REFUSED) {
        assertThat(one).isNotEqualTo(other);
      }
    }
  }

  /** Not is the contrary, IfExists an or, and each set operator what the other one leaves. */
  private static void operatorsAreRelatedAsTheirNamesSay(HardCases cases, Case any) {
    Map<String, String> contraries =
        Map.of(
            "StringEquals", "StringNotEquals",
            "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
            "StringLike", "StringNotLike",
            "ArnLike", "ArnNotLike",
            "NumericEquals", "NumericNotEquals",
            "DateEquals", "DateNotEquals",
            "IpAddress", "NotIpAddress");
    Map.Entry<String, List<String>> key = cases.keyAndValues();
    List<String> comparing =
        contraries.keySet().stream()
            .filter(name -> isComparedBy(key.getKey(), name))
            .sorted()
            .toList();
    if (comparing.isEmpty()) {
      return;
    }
    String operator = cases.pick(comparing);
    String contrary = contraries.get(operator);
    Optional<Boolean> holds = holds(any, operator, key);
    if (holds.isPresent()) {
      boolean missing = any.request().values(key.getKey()).isEmpty();
      assertThat(holds(any, contrary, key)).contains(!holds.get());
      assertThat(holds(any, operator + "IfExists", key)).contains(holds.get() || missing);
      assertThat(holds(any, contrary + "IfExists", key)).contains(!holds.get() || missing);
    }
    Optional<Boolean> one = holds(any, "ForAnyValue:" + operator, key);
    if (one.isPresent()) {
      assertThat(holds(any, "ForAllValues:" + contrary, key)).contains(!one.get());
      assertThat(holds(any, "ForAnyValue:" + operator + "IfExists", key)).isEqualTo(one);
    }
  }

  private static Outcome outcome(Case any) {
    try {
      return switch (decide(any)) {
        case Decision.Allowed allowed -> Outcome.ALLOWED;
        case Decision.DeniedExplicitly denied -> Outcome.DENIED;
        case Decision.NotAllowed missing -> Outcome.NOT_ALLOWED;
      };
    } catch (PolicyException e) {
      return Outcome.REFUSED;
    }
  }

  private static Decision decide(Case any) {
    return Evaluator.decide(
        any.request(),
        policies("identity", PolicyType.IDENTITY_BASED, any.identity()),
        policies("resource", PolicyType.RESOURCE_BASED, any.resource()));
  }

  private static List<Policy> policies(
      String name, PolicyType type, List<Map<String, Object>> statements) {
    return statements.isEmpty()
        ? List.of()
        : READ.get()
            .computeIfAbsent(statements, list -> List.of(Policy.ofStatements(name, type, list)));
  }

  /**
   * Whether the second case allows whatever the first one does; one that is refused says nothing.
   */
  private static void assertNotNarrower(Case narrow, Case wide) {
    Outcome first = outcome(narrow);
    Outcome second = outcome(wide);
    if (first == Outcome.ALLOWED && second != Outcome.REFUSED) {
      assertThat(second).isEqualTo(Outcome.ALLOWED);
    }
  }

  private static Optional<Boolean> holds(
      Case any, String operator, Map.Entry<String, List<String>> key) {
    Map<String, Object> statement =
        Map.of(
            "Effect", "Deny",
            "Action", "*",
            "Resource", "*",
            "Condition", Map.of(operator, Map.of(key.getKey(), key.getValue())));
    return switch (outcome(new Case(any.request(), List.of(statement), List.of()))) {
      case DENIED -> Optional.of(true);
      case NOT_ALLOWED -> Optional.of(false);
      case REFUSED -> Optional.empty();
      case ALLOWED -> throw new IllegalStateException("A Deny allows");
    };
  }

  private static boolean isComparedBy(String key, String operator) {
    return !key.equals("aws:Nobody") && ConditionKey.of(key).isComparedBy(operator);
  }

  private static boolean ofRole(Case any) {
    return any.request().principal() instanceof Principal.RoleSession;
  }

  private static Case withIdentity(Case any, Map<String, Object> statement) {
    return new Case(any.request(), with(any.identity(), statement), any.resource());
  }

  private static Case withResource(Case any, Map<String, Object> statement) {
    return new Case(any.request(), any.identity(), with(any.resource(), statement));
  }

  private static <T> List<T> with(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }

  private static Case map(Case any, UnaryOperator<Map<String, Object>> change) {
    return new Case(
        any.request(),
        any.identity().stream().map(change).toList(),
        any.resource().stream().map(change).toList());
  }

  private static Map<String, Object> without(
      Map<String, Object> statement, String element, String effect) {
    Map<String, Object> less = new LinkedHashMap<>(statement);
    if (statement.get("Effect").equals(effect)) {
      less.remove(element);
    }
    return less;
  }

  private static Map<String, Object> inAnyCase(HardCases cases, Map<String, Object> statement) {
    Map<String, Object> changed = new LinkedHashMap<>(statement);
    for (String element : List.of("Action", "NotAction")) {
      changed.computeIfPresent(
          element, (name, actions) -> strings(actions).map(cases::inAnyCase).toList());
    }
    changed.computeIfPresent(
        "Condition",
        (name, condition) -> {
          Map<String, Object> inAnyCase = new LinkedHashMap<>();
          ((Map<?, ?>) condition)
              .forEach(
                  (operator, keys) ->
                      ((Map<?, ?>) keys)
                          .forEach(
                              (key, values) ->
                                  inAnyCase.put(
                                      (String) operator,
                                      Map.of(cases.inAnyCase((String) key), values))));
          return inAnyCase;
        });
    return changed;
  }

  private static Stream<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast);
  }

  private static Stream<Map<String, Object>> split(Map<String, Object> statement) {
    return split(statement, "Action").flatMap(each -> split(each, "Resource"));
  }

  private static Stream<Map<String, Object>> split(Map<String, Object> statement, String element) {
    if (!statement.containsKey(element)) {
      return Stream.of(statement);
    }
    return strings(statement.get(element))
        .map(
            item -> {
              Map<String, Object> one = new LinkedHashMap<>(statement);
              one.put(element, List.of(item));
              return one;
            });
  }
}
