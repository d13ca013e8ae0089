package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuardRailsTest {

  private static final String ACCOUNT = "123456789012";

  @TempDir Path directory;

  static List<Path> templatesOfTheRepository() throws IOException {
    try (Stream<Path> companions = Files.list(Stacks.COMPANIONS)) {
      return Stream.concat(Stream.of(Stacks.APPLICATION), companions).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("templatesOfTheRepository")
  void noTemplateOfTheRepositoryBreaksAGuardRail(Path file) {
    assertThat(GuardRails.check(Stacks.read(file, ACCOUNT, Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Effect: Allow, Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:1:q'              | WILDCARD_ACTION | sqs:*
          Effect: Allow, Action: [sqs:SendMessage, 's3:Get*'], Resource: 'arn:aws:s3:::b'    | WILDCARD_ACTION | s3:Get*
          Effect: Allow, Action: 's3:GetObjec?', Resource: 'arn:aws:s3:::b/*'                | WILDCARD_ACTION | s3:GetObjec?
          Effect: Allow, NotAction: s3:GetObject, Resource: 'arn:aws:s3:::b/*'               | WILDCARD_ACTION | NotAction
          Effect: Allow, Action: s3:GetObject, Resource: '*'                                 | BARE_RESOURCE   | *
          Effect: Allow, Action: s3:GetObject, Resource: ['arn:aws:s3:::b/*', '*']           | BARE_RESOURCE   | *
          Effect: Allow, Action: s3:GetObject, NotResource: 'arn:aws:s3:::b/*'               | BARE_RESOURCE   | NotResource
          Effect: Allow, Action: [lambda:ListFunctions, lambda:GetFunction], Resource: '*'   | BARE_RESOURCE   | *
          """)
  void aStatementThatAllowsTooMuchIsFound(String statement, GuardRail rail, String what)
      throws IOException {
    assertThat(check(policy(statement))).containsExactly(new Finding(rail, "Policy/1", what));
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
    assertThat(check(policy(statement))).isEmpty();
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
                  Permission:
                    Type: AWS::Lambda::Permission
                    Properties: {Action: 'lambda:*', Principal: sns.amazonaws.com}
                """))
        .containsExactly(
            new Finding(GuardRail.WILDCARD_ACTION, "Policy/1", "sqs:*"),
            new Finding(GuardRail.BARE_RESOURCE, "Policy/1", "*"),
            new Finding(GuardRail.WILDCARD_ACTION, "Permission", "lambda:*"));
  }

  @Test
  void managedPoliciesAreFoundUnlessTheyAreTheTemplatesOwn() throws IOException {
    String basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    assertThat(
            check(
                """
                Resources:
                  Own:
                    Type: AWS::IAM::ManagedPolicy
                    Properties:
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement: {Effect: Allow, Action: a:B, Resource: 'arn:aws:a:::b'}
                  Managed:
                    Type: AWS::IAM::Role
                    Properties: {ManagedPolicyArns: [!Ref Own, '%s']}
                """
                    .formatted(basic)))
        .containsExactly(new Finding(GuardRail.MANAGED_POLICY, "Managed", basic));
  }

  @Test
  void usersAreFound() throws IOException {
    assertThat(
            check(
                """
                Resources:
                  User: {Type: AWS::IAM::User}
                  Key: {Type: AWS::IAM::AccessKey}
                """))
        .extracting(Finding::rail)
        .containsExactly(GuardRail.USER, GuardRail.USER);
  }

  @Test
  void functionsWithoutARoleOfTheirOwnAreFound() throws IOException {
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
                  C:
                    Type: AWS::Serverless::Function
                """))
        .containsExactly(
            new Finding(GuardRail.SHARED_ROLE, "B", "the role of A"),
            new Finding(GuardRail.NO_OWN_ROLE, "C", "none"));
  }

  private static String policy(String statement) {
    return "Resources: {Policy: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref Role],"
        + " PolicyDocument: {Version: '2012-10-17', Statement: {"
        + statement
        + "}}}}}";
  }

  private List<Finding> check(String template) throws IOException {
    return GuardRails.check(TestTemplates.readWithRole(directory, ACCOUNT, template));
  }
}
