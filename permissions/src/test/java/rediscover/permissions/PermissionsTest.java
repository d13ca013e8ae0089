package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/** What the application's own template says. */
class PermissionsTest {

  private static final Template TEMPLATE = Stacks.applicationWithKey();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RandomLikeFunction      | dynamodb:Query on LikesTable, ssm:GetParameter on parameter/TWITTER_AUTH, sqs:SendMessage on LikesQueue
          KeyCheckerFunction      | ssm:GetParameter on parameter/ACCESS_KEY
          TopicWriterFunction     | dynamodb:PutItem on LikesTable, sqs:SendMessage on DeadLetterQueue
          QueueWriterFunction     | dynamodb:PutItem on LikesTable, sqs:ReceiveMessage on LikesQueue, sqs:DeleteMessage on LikesQueue, sqs:GetQueueAttributes on LikesQueue
          ArchiveImporterFunction | s3:GetObject on ArchiveBucket/*, sqs:SendMessage on LikesQueue, sqs:SendMessage on DeadLetterQueue
          """)
  void aFunctionMayCallWhatTheDesignSaysAndWriteItsLog(String logicalId, String calls) {
    Set<String> expected = new TreeSet<>(List.of(calls.split(", ")));
    String group = logicalId.replace("Function", "LogGroup");
    expected.add("logs:CreateLogStream on " + group);
    expected.add("logs:PutLogEvents on " + group);

    Permissions permissions = Permissions.of(TEMPLATE);
    Role role = permissions.role(permissions.function(logicalId).roleArn()).orElseThrow();
    Set<String> actual =
        role.policies().stream()
            .flatMap(policy -> policy.statements().stream())
            .flatMap(
                statement ->
                    statement.actions().names().stream()
                        .flatMap(
                            action ->
                                statement.resources().names().stream()
                                    .map(arn -> action + " on " + nameOf(arn))))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RandomLikeFunction      | apigateway.amazonaws.com | /*/GET/u/*
          KeyCheckerFunction      | apigateway.amazonaws.com | /authorizers/*
          TopicWriterFunction     | sns.amazonaws.com        | rediscover-LikesTopic
          ArchiveImporterFunction | s3.amazonaws.com         | rediscover-archives-
          """)
  void whatIsPushedIsAllowedByTheFunctionsPolicy(String logicalId, String service, String source) {
    Permissions permissions = Permissions.of(TEMPLATE);
    LambdaFunction function = permissions.function(logicalId);
    assertThat(function.eventSources()).hasSize(1);
    EventSource.Push push = (EventSource.Push) function.eventSources().getFirst();
    assertThat(push.service()).isEqualTo(service);
    assertThat(push.arn()).contains(source);

    Request invoke =
        Request.of(
                new Principal.Service(service),
                "lambda:InvokeFunction",
                function.invokedArn(),
                Stacks.ACCOUNT_A)
            .with(
                "aws:SourceArn",
                push.arn()
                    .replace("*/GET/u/*", "$default/GET/u/someone")
                    .replaceFirst("\\*$", "a1b2c3"))
            .with("aws:SourceAccount", Stacks.ACCOUNT_A);
    assertThat(permissions.decide(invoke).isAllowed()).isTrue();
    assertThat(permissions.decide(invoke.with("aws:SourceArn", "arn:aws:sns:::x")).isAllowed())
        .isFalse();

    Statement statement = ((Decision.Allowed) permissions.decide(invoke)).by().getFirst();
    assertThat(permissions.without(statement.id()).decide(invoke))
        .isEqualTo(new Decision.NotAllowed(PolicyType.RESOURCE_BASED));
  }

  @Test
  void whatIsPolledHasNoResourceBasedPolicy() {
    Permissions permissions = Permissions.of(TEMPLATE);
    LambdaFunction function = permissions.function("QueueWriterFunction");
    String queue = TEMPLATE.resource("LikesQueue").arn();
    assertThat(function.eventSources())
        .containsExactly(new EventSource.Pull("QueueWriterFunctionLikesSent", queue));
    assertThat(permissions.resourcePolicies()).doesNotContainKey(function.arn());
  }

  @Test
  void everyStatementHasAnIdAndCanBeTakenAway() {
    Permissions permissions = Permissions.of(Stacks.applicationOfTwoAccounts());
    List<Statement> statements = permissions.statements();
    assertThat(statements).extracting(Statement::id).doesNotHaveDuplicates();
    for (Statement statement : statements) {
      assertThat(permissions.without(statement.id()).statements())
          .hasSize(statements.size() - 1)
          .doesNotContain(statement);
    }
    assertThatThrownBy(() -> permissions.without("Nobody/Nothing"))
        .hasMessage("Unknown statement Nobody/Nothing");
  }

  @Test
  void aFunctionsTagsAreFilledIn() {
    Permissions permissions = Permissions.of(TEMPLATE);
    assertThat(permissions.tags().get(permissions.function("RandomLikeFunction").arn()))
        .containsOnlyKeys("project-name", "organization", "cost-center");
  }

  /** A resource's logical id instead of its ARN. */
  private static String nameOf(String arn) {
    String objects = arn.replaceAll("/\\*$", "");
    return TEMPLATE.resources().values().stream()
        .filter(resource -> resource.physicalId().isPresent())
        .filter(resource -> !resource.type().startsWith("AWS::CloudWatch"))
        .filter(resource -> resource.arn().equals(objects))
        .map(resource -> resource.logicalId() + arn.substring(objects.length()))
        .findFirst()
        .orElse(arn.substring(arn.lastIndexOf(':') + 1));
  }
}
