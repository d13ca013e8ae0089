package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.permissions.DeveloperAccessTable.Function;
import rediscover.permissions.DeveloperAccessTable.Person;
import rediscover.permissions.DeveloperAccessTable.Row;
import rediscover.permissions.policy.Cases;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Evaluator;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/** Who may do what with which function, by the tags of both. */
class DeveloperAccessTest {

  private static final Permissions PERMISSIONS = permissions(Map.of());

  /** The policies of a developer as they were published, without the condition that was added. */
  private static final String AS_PUBLISHED = "list-functions same-project tag-on-create";

  static Stream<Arguments> table() {
    return DeveloperAccessTable.rows().stream()
        .flatMap(
            row ->
                Arrays.stream(Person.values())
                    .map(who -> Arguments.of(row, who, row.allowed().get(who.ordinal()))));
  }

  @ParameterizedTest
  @MethodSource("table")
  void tagsDecideWhoMayDoWhatWithWhichFunction(Row row, Person who, boolean expected) {
    assertThat(PERMISSIONS.decide(request(row, who)).isAllowed()).isEqualTo(expected);
  }

  @Test
  void theTableInTheDocumentationIsTheTests() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "developer-access.md"));
    assertThat(page)
        .as("mvn -pl permissions test-compile exec:exec@developer-access writes it anew")
        .isEqualTo(DeveloperAccessPage.withTable(page));
  }

  static Stream<String> statementsOfTheRoles() {
    return PERMISSIONS.roles().stream()
        .flatMap(role -> role.policies().stream())
        .flatMap(policy -> policy.statements().stream())
        .map(Statement::id)
        // No action of Lambda: it has a test of its own.
        .filter(id -> !id.endsWith("/PassTheProjectsRoles"));
  }

  @ParameterizedTest
  @MethodSource("statementsOfTheRoles")
  void everyStatementIsNeeded(String id) {
    Permissions left = PERMISSIONS.without(id);
    assertThat(table())
        .anyMatch(
            cell -> {
              Request request = request((Row) cell.get()[0], (Person) cell.get()[1]);
              return (Boolean) cell.get()[2] && !left.decide(request).isAllowed();
            });
  }

  /** Who may tag any function may put the own project's tag on it, and then do the rest. */
  @ParameterizedTest
  @CsvSource({"eagle", "untagged"})
  void nobodyTakesOverAFunctionByTaggingIt(String function) {
    Row take = new Row("TagResource", "project-name=falcon", function, List.of());
    Request request = request(take, Person.FALCON_DEVELOPER);
    List<Policy> published = Cases.policies(PolicyType.IDENTITY_BASED, AS_PUBLISHED);
    assertThat(Evaluator.decide(request, published, List.of()).isAllowed()).isTrue();
    assertThat(PERMISSIONS.decide(request))
        .isEqualTo(new Decision.NotAllowed(PolicyType.IDENTITY_BASED));
  }

  @ParameterizedTest
  @CsvSource({
    "FALCON_DEVELOPER, falcon/worker, lambda.amazonaws.com, true",
    "EAGLE_DEVELOPER, eagle/worker, lambda.amazonaws.com, true",
    "FALCON_DEVELOPER, falcon/worker, ec2.amazonaws.com, false",
    "FALCON_DEVELOPER, eagle/worker, lambda.amazonaws.com, false",
    "FALCON_DEVELOPER, worker, lambda.amazonaws.com, false",
    "FALCON_DEVELOPER, falcon, lambda.amazonaws.com, false",
    "MANAGER, falcon/worker, lambda.amazonaws.com, false",
    "UNTAGGED, falcon/worker, lambda.amazonaws.com, false",
    "UNTAGGED, /worker, lambda.amazonaws.com, false",
  })
  void aDeveloperPassesTheProjectsRolesToLambda(
      Person who, String role, String service, boolean expected) {
    String arn = "arn:aws:iam::" + Stacks.ACCOUNT_A + ":role/" + role;
    Request pass =
        Request.of(session(who), "iam:PassRole", arn, Stacks.ACCOUNT_A)
            .with("iam:PassedToService", service);
    assertThat(PERMISSIONS.decide(pass).isAllowed()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "falcon, FALCON_DEVELOPER, true",
    "falcon, EAGLE_DEVELOPER, false",
    "eagle, EAGLE_DEVELOPER, true",
    "rediscover, FALCON_DEVELOPER, false",
  })
  void theApplicationIsAProjectsByItsParameter(String project, Person who, boolean expected) {
    Template application =
        Stacks.read(Stacks.APPLICATION, Stacks.ACCOUNT_A, Map.of("ProjectName", project));
    Permissions both = PERMISSIONS.and(Permissions.of(application));
    for (LambdaFunction function : Permissions.of(application).functions()) {
      Request update = call(who, "lambda:UpdateFunctionCode", function.arn());
      assertThat(both.decide(update).isAllowed()).isEqualTo(expected);
      assertThat(
              both.decide(call(Person.MANAGER, "lambda:GetFunction", function.arn())).isAllowed())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the parameter                         | who               | with a policy for it | without
          ''                                      | 111111111111/Dev  | true                 | false
          ''                                      | 222222222222/Dev  | false                | false
          arn:aws:iam::111111111111:role/Dev      | 111111111111/Dev  | true                 | true
          arn:aws:iam::111111111111:role/Dev      | 111111111111/Dev2 | false                | false
          arn:aws:iam::222222222222:root          | 222222222222/Dev  | true                 | false
          arn:aws:iam::222222222222:root          | 111111111111/Dev  | false                | false
          """)
  void aRoleIsAssumedByWhomTheParameterNames(
      String parameter, String who, boolean withPolicy, boolean without) {
    Permissions permissions = permissions(Map.of("FalconDevelopers", parameter));
    String[] accountAndRole = who.split("/");
    String arn = "arn:aws:iam::" + accountAndRole[0] + ":role/" + accountAndRole[1];
    Principal session = new Principal.RoleSession(arn, "session", Map.of());
    String target = role(permissions, Person.FALCON_DEVELOPER).arn();
    Request assume = Request.of(session, "sts:AssumeRole", target, Stacks.ACCOUNT_A);
    Permissions withItsPolicy = permissions.and(roleThatMayAssumeAny(arn));

    assertThat(withItsPolicy.decide(assume).isAllowed()).isEqualTo(withPolicy);
    assertThat(permissions.decide(assume).isAllowed()).isEqualTo(without);

    Request bringTags = Request.of(session, "sts:TagSession", target, Stacks.ACCOUNT_A);
    assertThat(withItsPolicy.decide(bringTags).isAllowed()).isFalse();
  }

  private static Permissions permissions(Map<String, String> parameters) {
    return Permissions.of(Stacks.developerAccess(parameters));
  }

  private static Role role(Permissions permissions, Person who) {
    return permissions.roles().stream()
        .filter(role -> role.logicalId().equals(who.role))
        .findFirst()
        .orElseThrow();
  }

  private static Principal session(Person who) {
    Role role = role(PERMISSIONS, who);
    Map<String, String> tags = who == Person.UNTAGGED ? Map.of() : role.tags();
    return new Principal.RoleSession(role.arn(), "session", tags);
  }

  private static Request call(Person who, String action, String resource) {
    return Request.of(session(who), action, resource, Stacks.ACCOUNT_A);
  }

  private static Request request(Row row, Person who) {
    String arn = "arn:aws:lambda:us-east-1:" + Stacks.ACCOUNT_A + ":function:" + row.on();
    Request request = call(who, "lambda:" + row.action(), row.on().equals("-") ? "*" : arn);
    Map<String, String> given = DeveloperAccessTable.tags(row.tags());
    if (!given.isEmpty()) {
      request = request.with("aws:TagKeys", given.keySet().toArray(String[]::new));
    }
    if (!row.action().equals("UntagResource")) {
      request = withTags(request, "aws:RequestTag/", given);
    }
    return withTags(
        request,
        "aws:ResourceTag/",
        switch (row.on()) {
          case "-" -> Map.of();
          // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag
          case "new" -> given;
          default -> Function.valueOf(row.on().toUpperCase(Locale.ROOT)).tags;
        });
  }

  private static Request withTags(Request request, String prefix, Map<String, String> tags) {
    Request tagged = request;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      tagged = tagged.with(prefix + tag.getKey(), tag.getValue());
    }
    return tagged;
  }

  private static Permissions roleThatMayAssumeAny(String arn) {
    Role role = Role.of(arn, Cases.policies(PolicyType.IDENTITY_BASED, "may-assume-any-role"));
    return new Permissions(List.of(), List.of(role), Map.of());
  }
}
