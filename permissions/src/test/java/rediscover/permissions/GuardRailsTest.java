package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Statement;

/**
 * What no template may do. AWS's managed policies, users, and functions without a role of the
 * template are refused when {@link Permissions} reads them.
 */
class GuardRailsTest {

  private static final String ACCOUNT = "123456789012";

  /**
   * Actions without a resource, so that their statements have to say {@code *}: <a
   * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html">Lambda's</a>.
   */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("lambda:ListFunctions", "lambda:GetAccountSettings");

  /**
   * A broken guard rail.
   *
   * @param where the statement's id, or the function
   * @param what the action, the resource or the role in question
   */
  record Finding(String where, String what) {}

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Effect: Allow, Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:1:q'              | sqs:*
          Effect: Allow, Action: [sqs:SendMessage, 's3:Get*'], Resource: 'arn:aws:s3:::b'    | s3:Get*
          Effect: Allow, Action: 's3:GetObjec?', Resource: 'arn:aws:s3:::b/*'                | s3:GetObjec?
          Effect: Allow, NotAction: s3:GetObject, Resource: 'arn:aws:s3:::b/*'               | NotAction
          Effect: Allow, Action: s3:GetObject, Resource: '*'                                 | *
          Effect: Allow, Action: s3:GetObject, Resource: ['arn:aws:s3:::b/*', '*']           | *
          Effect: Allow, Action: s3:GetObject, NotResource: 'arn:aws:s3:::b/*'               | NotResource
          Effect: Allow, Action: [lambda:ListFunctions, lambda:GetFunction], Resource: '*'   | *
          """)
  void aStatementThatAllowsTooMuchIsFound(String statement, String what) throws IOException {
    assertThat(checkStatement(statement)).containsExactly(new Finding("Role/1", what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*'
          Effect: Allow, Action: [lambda:ListFunctions, lambda:GetAccountSettings], Resource: '*'
          Effect: Deny, Action: '*', Resource: '*'
          """)
  void aStatementThatIsAsItShouldBeIsNotFound(String statement) throws IOException {
    assertThat(checkStatement(statement)).isEmpty();
  }

  @Test
  void aResourcesPolicyIsCheckedToo() throws IOException {
    assertThat(
            check(
                """
                Resources:
                  Queue: {Type: AWS::SQS::Queue}
                  Policy:
                    Type: AWS::SQS::QueuePolicy
                    Properties:
                      Queues: [!Ref Queue]
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement: {Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*'}
                  Function:
                    Type: AWS::Serverless::Function
                    Properties: {Role: !GetAtt Role.Arn}
                  Permission:
                    Type: AWS::Lambda::Permission
                    Properties:
                      FunctionName: !Ref Function
                      Action: lambda:*
                      Principal: sns.amazonaws.com
                """))
        .containsExactlyInAnyOrder(
            new Finding("Policy/1", "sqs:*"),
            new Finding("Policy/1", "*"),
            new Finding("Function/Permission", "lambda:*"));
  }

  @Test
  void aRoleThatTwoFunctionsHaveIsFound() throws IOException {
    assertThat(
            check(
                """
                Resources:
                  A:
                    Type: AWS::Serverless::Function
                    Properties: {Role: !GetAtt Role.Arn}
                  B:
                    Type: AWS::Serverless::Function
                    Properties: {Role: !GetAtt Role.Arn}
                """))
        .containsExactly(new Finding("B", "arn:aws:iam::123456789012:role/stack-Role"));
  }

  private List<Finding> checkStatement(String statement) throws IOException {
    return findings(Permissions.of(TestTemplates.readRoleWith(directory, ACCOUNT, statement)));
  }

  private List<Finding> check(String template) throws IOException {
    return findings(Permissions.of(TestTemplates.readWithRole(directory, ACCOUNT, template)));
  }

  /** The guard rails that a template breaks. */
  static List<Finding> findings(Permissions permissions) {
    List<Finding> findings = new ArrayList<>();
    for (Statement statement : permissions.statements()) {
      if (statement.effect() == Effect.ALLOW) {
        tooMuch(statement).forEach(what -> findings.add(new Finding(statement.id(), what)));
      }
    }
    Set<String> roles = new HashSet<>();
    for (LambdaFunction function : permissions.functions()) {
      if (!roles.add(function.roleArn())) {
        findings.add(new Finding(function.logicalId(), function.roleArn()));
      }
    }
    return findings;
  }

  /** The wildcards of a statement that have to be names. */
  private static List<String> tooMuch(Statement statement) {
    List<String> actions = statement.actions().names();
    List<String> found = new ArrayList<>();
    actions.stream().filter(action -> action.matches(".*[*?].*")).forEach(found::add);
    if (statement.actions().inverted()) {
      found.add("NotAction");
    }
    if (statement.resources().inverted()) {
      found.add("NotResource");
    }
    boolean resourceMatters =
        statement.type() != PolicyType.TRUST && !WITHOUT_RESOURCE.containsAll(actions);
    if (resourceMatters && statement.resources().names().contains("*")) {
      found.add("*");
    }
    return found;
  }
}
