package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Permissions by tags: developers of two projects, and a manager over both. */
class TagsTest {

  private static final String DEVELOPER = "list-functions same-project tag-on-create";

  /** What a developer may do with a function of the own project. */
  private static final List<String> PROJECT_ACTIONS =
      List.of(
          "InvokeFunction",
          "UpdateFunctionConfiguration",
          "CreateAlias",
          "DeleteAlias",
          "DeleteFunction",
          "DeleteFunctionConcurrency",
          "GetAlias",
          "GetFunction",
          "GetFunctionConfiguration",
          "GetPolicy",
          "ListAliases",
          "ListVersionsByFunction",
          "PublishVersion",
          "PutFunctionConcurrency",
          "UpdateAlias",
          "UpdateFunctionCode");

  private static final Set<String> MANAGER_ACTIONS =
      Set.of(
          "GetAlias",
          "GetFunction",
          "GetFunctionConfiguration",
          "GetPolicy",
          "ListAliases",
          "ListVersionsByFunction");

  static Stream<Arguments> everyActionOnEveryFunction() {
    return Stream.concat(PROJECT_ACTIONS.stream(), Stream.of("AddPermission", "TagResource"))
        .flatMap(
            action ->
                Stream.of("falcon", "eagle", "untagged")
                    .map(function -> Arguments.of(action, function)));
  }

  @ParameterizedTest
  @MethodSource("everyActionOnEveryFunction")
  void aDeveloperMayDoTheProjectsActionsOnTheProjectsFunctions(String action, String function) {
    boolean listed = PROJECT_ACTIONS.contains(action);
    assertThat(allowed(DEVELOPER, "A/Dev project-name=falcon", action, function))
        .isEqualTo(listed && function.equals("falcon"));
    assertThat(allowed(DEVELOPER, "A/Dev project-name=eagle", action, function))
        .isEqualTo(listed && function.equals("eagle"));
    assertThat(allowed(DEVELOPER, "A/Dev", action, function)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyActionOnEveryFunction")
  void aManagerMayReadWhatBelongsToOrganizationAndCostCenter(String action, String function) {
    boolean listed = MANAGER_ACTIONS.contains(action);
    assertThat(allowed("manager", "A/M organization=birds cost-center=it", action, function))
        .isEqualTo(listed && !function.equals("untagged"));
    assertThat(allowed("manager", "A/M organization=fish cost-center=it", action, function))
        .isFalse();
    assertThat(allowed("manager", "A/M organization=birds", action, function)).isFalse();
    assertThat(allowed("manager", "A/M", action, function)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # policies | role | action | tags in the request | outcome
          list-functions same-project tag-on-create | A/Dev project-name=falcon | CreateFunction | aws:RequestTag/project-name=falcon aws:TagKeys=project-name       | allowed
          list-functions same-project tag-on-create | A/Dev project-name=falcon | TagResource    | aws:RequestTag/project-name=falcon aws:TagKeys=project-name       | allowed
          list-functions same-project tag-on-create | A/Dev project-name=falcon | CreateFunction | aws:RequestTag/project-name=eagle aws:TagKeys=project-name        | no identity-based
          list-functions same-project tag-on-create | A/Dev project-name=falcon | CreateFunction | aws:RequestTag/project-name=falcon aws:RequestTag/team=x aws:TagKeys=project-name,team | no identity-based
          list-functions same-project tag-on-create | A/Dev project-name=falcon | CreateFunction | aws:RequestTag/team=x aws:TagKeys=team                            | no identity-based
          list-functions same-project tag-on-create | A/Dev project-name=falcon | CreateFunction | -                                                                 | no identity-based
          list-functions same-project tag-on-create | A/Dev project-name=Falcon | CreateFunction | aws:RequestTag/project-name=falcon aws:TagKeys=project-name       | no identity-based
          list-functions same-project tag-on-create | A/Dev                     | CreateFunction | aws:RequestTag/project-name=falcon aws:TagKeys=project-name       | no identity-based
          list-functions same-project tag-on-create | A/Dev                     | CreateFunction | -                                                                 | no identity-based
          list-functions same-project tag-on-create | A/Dev project-name=falcon | UntagResource  | aws:ResourceTag/project-name=falcon aws:TagKeys=project-name      | no identity-based
          manager                                   | A/M organization=birds cost-center=it | CreateFunction | aws:RequestTag/project-name=falcon aws:TagKeys=project-name | no identity-based
          """)
  void aFunctionIsCreatedOnlyWithTheProjectsTag(
      String policies, String role, String action, String context, String expected) {
    Request request =
        Cases.request(
            role, "lambda:" + action, "arn:aws:lambda:us-east-1:ACCOUNT-A:function:new", context);
    assertThat(Cases.outcome(decide(policies, request))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "A/Dev project-name=falcon, ListFunctions, true",
    "A/Dev project-name=falcon, GetAccountSettings, true",
    "A/Dev, ListFunctions, true",
    "A/Dev, GetAccountSettings, true",
    "A/Dev, ListLayers, false",
  })
  void everyDeveloperMayListFunctions(String role, String action, boolean expected) {
    Request request = Cases.request(role, "lambda:" + action, "*", "-");
    assertThat(decide(DEVELOPER, request).isAllowed()).isEqualTo(expected);
  }

  private static boolean allowed(String policies, String role, String action, String function) {
    String tags =
        function.equals("untagged")
            ? "-"
            : "aws:ResourceTag/project-name="
                + function
                + " aws:ResourceTag/organization=birds aws:ResourceTag/cost-center=it";
    String arn = "arn:aws:lambda:us-east-1:ACCOUNT-A:function:" + function;
    return decide(policies, Cases.request(role, "lambda:" + action, arn, tags)).isAllowed();
  }

  private static Decision decide(String policies, Request request) {
    return Evaluator.decide(
        request, Cases.policies(PolicyType.IDENTITY_BASED, policies), List.of());
  }
}
