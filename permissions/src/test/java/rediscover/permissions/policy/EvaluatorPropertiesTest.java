package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for any policies and any request. */
class EvaluatorPropertiesTest {

  @Property
  void emptyPoliciesDenyEverything(@ForAll("requests") Request request) {
    assertThat(Evaluator.decide(request, List.of(), List.of()).isAllowed()).isFalse();
  }

  @Property
  void anExplicitDenyAlwaysWins(
      @ForAll("requests") Request request, @ForAll("statements") List<Map<String, Object>> any) {
    List<Map<String, Object>> statements = new ArrayList<>(any);
    statements.add(statement("Deny", request.action(), request.resource()));
    assertThat(Evaluator.decide(request, List.of(policy(statements)), List.of()))
        .isInstanceOf(Decision.DeniedExplicitly.class);
  }

  @Property
  void oneMoreAllowNeverTakesAPermissionAway(
      @ForAll("requests") Request request,
      @ForAll("statements") List<Map<String, Object>> statements,
      @ForAll("actions") String action,
      @ForAll("resources") String resource) {
    List<Map<String, Object>> more = new ArrayList<>(statements);
    more.add(statement("Allow", action, resource));
    if (Evaluator.decide(request, List.of(policy(statements)), List.of()).isAllowed()) {
      assertThat(Evaluator.decide(request, List.of(policy(more)), List.of()).isAllowed()).isTrue();
    }
  }

  @Property
  void oneMoreDenyNeverAddsAPermission(
      @ForAll("requests") Request request,
      @ForAll("statements") List<Map<String, Object>> statements,
      @ForAll("actions") String action,
      @ForAll("resources") String resource) {
    List<Map<String, Object>> more = new ArrayList<>(statements);
    more.add(statement("Deny", action, resource));
    if (!Evaluator.decide(request, List.of(policy(statements)), List.of()).isAllowed()) {
      assertThat(Evaluator.decide(request, List.of(policy(more)), List.of()).isAllowed()).isFalse();
    }
  }

  @Property
  void theOrderOfStatementsDoesNotMatter(
      @ForAll("requests") Request request,
      @ForAll("statements") List<Map<String, Object>> statements) {
    assertThat(
            Evaluator.decide(request, List.of(policy(statements.reversed())), List.of())
                .isAllowed())
        .isEqualTo(Evaluator.decide(request, List.of(policy(statements)), List.of()).isAllowed());
  }

  @Property
  void anotherAccountNeverGetsMoreThanTheOwn(
      @ForAll("requests") Request request,
      @ForAll("statements") List<Map<String, Object>> identity,
      @ForAll("statements") List<Map<String, Object>> resource) {
    List<Policy> identityPolicies = List.of(policy(identity));
    List<Policy> resourcePolicies = List.of(resourcePolicy(resource));
    Request across =
        Request.of(request.principal(), request.action(), request.resource(), Cases.ACCOUNT_B);
    if (Evaluator.decide(across, identityPolicies, resourcePolicies).isAllowed()) {
      assertThat(Evaluator.decide(request, identityPolicies, resourcePolicies).isAllowed())
          .isTrue();
    }
  }

  @Provide
  Arbitrary<Request> requests() {
    Principal role =
        new Principal.RoleSession(
            "arn:aws:iam::" + Cases.ACCOUNT_A + ":role/Role", "session", Map.of());
    return Combinators.combine(
            Arbitraries.of("sqs:SendMessage", "sqs:DeleteMessage", "sns:Publish", "s3:GetObject"),
            Arbitraries.of("arn:aws:sqs:r:1:a", "arn:aws:sqs:r:1:b", "arn:aws:s3:::b/a", "*"))
        .as((action, resource) -> Request.of(role, action, resource, Cases.ACCOUNT_A));
  }

  @Provide
  Arbitrary<String> actions() {
    return Arbitraries.of("*", "sqs:*", "sqs:Send*", "sqs:*Message", "sns:Publish", "s3:Get?bject");
  }

  @Provide
  Arbitrary<String> resources() {
    return Arbitraries.of("*", "arn:aws:sqs:*:*:a", "arn:aws:sqs:r:1:?", "arn:aws:s3:::b/*");
  }

  @Provide
  Arbitrary<List<Map<String, Object>>> statements() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just("Allow")), Tuple.of(1, Arbitraries.just("Deny"))),
            actions(),
            resources())
        .as(EvaluatorPropertiesTest::statement)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  private static Map<String, Object> statement(String effect, String action, String resource) {
    return Map.of("Effect", effect, "Action", action, "Resource", resource);
  }

  private static Policy policy(List<Map<String, Object>> statements) {
    return policy(PolicyType.IDENTITY_BASED, statements);
  }

  private static Policy resourcePolicy(List<Map<String, Object>> statements) {
    List<Map<String, Object>> forEveryone = new ArrayList<>();
    for (Map<String, Object> statement : statements) {
      Map<String, Object> copy = new LinkedHashMap<>(statement);
      copy.put("Principal", "*");
      forEveryone.add(copy);
    }
    return policy(PolicyType.RESOURCE_BASED, forEveryone);
  }

  private static Policy policy(PolicyType type, List<Map<String, Object>> statements) {
    return Policy.of("policy", type, Map.of("Version", "2012-10-17", "Statement", statements));
  }
}
