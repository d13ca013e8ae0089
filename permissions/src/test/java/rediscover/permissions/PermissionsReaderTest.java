package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;

class PermissionsReaderTest {

  private static final String ACCOUNT = "123456789012";
  private static final String FUNCTION =
      "arn:aws:lambda:us-east-1:123456789012:function:stack-Function";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /u/{name}       | GET/u/*
          get  | /u/{name}/      | GET/u/*
          POST | /a/{b}/c/{d+}   | POST/a/*/c/*
          ANY  | /               | */
          """)
  void aRouteIsAllowedAsSamWritesIt(String method, String path, String expected)
      throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Api: {Type: AWS::Serverless::HttpApi}
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  Role: !GetAtt Role.Arn
                  Events:
                    Asked:
                      Type: HttpApi
                      Properties: {ApiId: !Ref Api, Method: %s, Path: '%s'}
            """
                .formatted(method, path));
    Statement statement =
        permissions.resourcePolicies().get(FUNCTION).getFirst().statements().getFirst();
    assertThat(statement.id()).isEqualTo("Function/FunctionAskedPermission");
    assertThat(statement.document().get("Condition").toString())
        .matches(
            "\\{ArnLike=\\{AWS:SourceArn=arn:aws:execute-api:us-east-1:123456789012:[0-9a-f]{10}/\\Q*/"
                + expected
                + "\\E}}");
  }

  @Test
  void anAliasIsWhatAnEventInvokesAndTheFunctionItselfIsNot() throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Topic: {Type: AWS::SNS::Topic}
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  Role: !GetAtt Role.Arn
                  AutoPublishAlias: live
                  Events:
                    Published:
                      Type: SNS
                      Properties: {Topic: !Ref Topic}
            """);
    assertThat(permissions.functions().getFirst().invokedArn()).isEqualTo(FUNCTION + ":live");
    Principal sns = new Principal.Service("sns.amazonaws.com");
    String topic = "arn:aws:sns:us-east-1:123456789012:stack-Topic";
    for (String invoked : List.of(FUNCTION + ":live", FUNCTION, FUNCTION + ":1")) {
      Request invoke =
          Request.of(sns, "lambda:InvokeFunction", invoked, ACCOUNT).with("aws:SourceArn", topic);
      assertThat(permissions.decide(invoke).isAllowed())
          .as(invoked)
          .isEqualTo(invoked.endsWith(":live"));
    }
  }

  @Test
  void policiesComeFromTheRoleAndFromThoseAttachedToIt() throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Named:
                Type: AWS::IAM::Role
                Properties:
                  RoleName: named
                  Tags: [{Key: team, Value: red}]
                  ManagedPolicyArns: [!Ref Shared]
                  AssumeRolePolicyDocument:
                    Version: '2012-10-17'
                    Statement:
                      Effect: Allow
                      Principal: {AWS: !Ref AWS::AccountId}
                      Action: sts:AssumeRole
                  Policies:
                    - PolicyName: first
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement: {Effect: Allow, Action: a:First, Resource: '*'}
                    - PolicyName: second
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement: {Effect: Allow, Action: a:Second, Resource: '*'}
              Shared:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement: {Effect: Allow, Action: a:Third, Resource: '*'}
              Attached:
                Type: AWS::IAM::Policy
                Properties:
                  Roles: [!Ref Named]
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement: {Effect: Allow, Action: a:Fourth, Resource: '*'}
            """);
    Role role = permissions.role("arn:aws:iam::123456789012:role/named").orElseThrow();
    assertThat(role.tags()).containsExactly(Map.entry("team", "red"));
    assertThat(role.policies().stream().flatMap(policy -> policy.statements().stream()))
        .extracting(Statement::id)
        .containsExactly("Named/first/1", "Named/second/1", "Named/Attached/1", "Named/Shared/1");
    Principal session = new Principal.RoleSession(role.arn(), "s", role.tags());
    for (String action : List.of("a:First", "a:Second", "a:Third", "a:Fourth")) {
      assertThat(permissions.decide(Request.of(session, action, "*", ACCOUNT)).isAllowed())
          .isTrue();
    }
    assertThat(permissions.decide(Request.of(session, "a:Fifth", "*", ACCOUNT)).isAllowed())
        .isFalse();
  }

  @Test
  void twoStacksAreDecidedTogether() throws IOException {
    Permissions own =
        permissions(
            """
            Resources:
              Reader:
                Type: AWS::IAM::Policy
                Properties:
                  Roles: [!Ref Role]
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement: {Effect: Allow, Action: sqs:ReceiveMessage, Resource: '*'}
            """);
    Permissions other =
        Permissions.of(
            TestTemplates.read(
                directory,
                "210987654321",
                """
                Resources:
                  Queue: {Type: AWS::SQS::Queue}
                  QueuePolicy:
                    Type: AWS::SQS::QueuePolicy
                    Properties:
                      Queues: [!Ref Queue]
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement:
                          Effect: Allow
                          Principal: {AWS: arn:aws:iam::123456789012:role/stack-Role}
                          Action: sqs:ReceiveMessage
                          Resource: !GetAtt Queue.Arn
                """));
    Principal session =
        new Principal.RoleSession("arn:aws:iam::123456789012:role/stack-Role", "s", Map.of());
    Request receive =
        Request.of(
            session,
            "sqs:ReceiveMessage",
            "arn:aws:sqs:us-east-1:210987654321:stack-Queue",
            "210987654321");

    assertThat(own.decide(receive).isAllowed()).isFalse();
    assertThat(other.decide(receive).isAllowed()).isFalse();
    assertThat(own.and(other).decide(receive)).isInstanceOf(Decision.Allowed.class);
    assertThat(own.and(other).without("QueuePolicy/1").decide(receive).isAllowed()).isFalse();
    assertThat(own.and(other).without("Role/Reader/1").decide(receive).isAllowed()).isFalse();
  }

  @Test
  void aFunctionsTagsDecideAsItsResourceTags() throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  Role: !GetAtt Role.Arn
                  Tags: {team: red}
              SameTeam:
                Type: AWS::IAM::Policy
                Properties:
                  Roles: [!Ref Role]
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement:
                      Effect: Allow
                      Action: lambda:GetFunction
                      Resource: '*'
                      Condition:
                        StringEquals: {'aws:ResourceTag/team': '${aws:PrincipalTag/team}'}
            """);
    assertThat(getFunction(permissions, "red", FUNCTION)).isTrue();
    assertThat(getFunction(permissions, "red", FUNCTION + ":1")).isTrue();
    assertThat(getFunction(permissions, "blue", FUNCTION)).isFalse();
    assertThat(getFunction(permissions, "red", FUNCTION + "2")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Role: !GetAtt Role.Arn, Events: {A: {Type: Kinesis}}                          | Function.Properties.Events.A.Type: event type Kinesis is not known
          Role: !GetAtt Role.Arn, Events: {A: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}} | SqsSubscription: is not supported
          Role: !GetAtt Role.Arn, Events: {A: {Type: HttpApi, Properties: {Method: GET, Path: /}}}        | ApiId: is missing
          Role: !GetAtt Role.Arn, Policies: [AmazonS3FullAccess]                        | Policies: is not supported
          Role: !GetAtt Role.Arn, FunctionUrlConfig: {AuthType: NONE}                   | FunctionUrlConfig: is not supported
          Role: 'arn:aws:iam::123456789012:role/other'                                  | Role: is not a role of this template
          Handler: x                                                                    | Role: is missing
          """)
  void whatIsNotKnownOfAFunctionIsRefusedByName(String properties, String reason) {
    assertThatThrownBy(
            () ->
                permissions(
                    "Resources: {Function: {Type: AWS::Serverless::Function, Properties: {"
                        + properties
                        + "}}}"))
        .hasMessageEndingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS::IAM::Role, Properties: {PermissionsBoundary: x, AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Principal: '*', Action: sts:AssumeRole}}} | Resources.A.Properties.PermissionsBoundary
          AWS::Lambda::Permission, Properties: {FunctionName: nobody}                                                                                                                | names no function of this template
          AWS::SQS::QueuePolicy, Properties: {Queues: [q], PolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Principal: '*', Action: a:b, Resource: '*'}}}           | Queues: is no resource of this template
          AWS::Serverless::Connector, Properties: {}                                  | type AWS::Serverless::Connector is not known
          AWS::IAM::RolePolicy, Properties: {}                                        | type AWS::IAM::RolePolicy is not known
          AWS::IAM::Policy, Properties: {Roles: [nobody]}                             | Roles: nobody is no role of this template
          AWS::IAM::Policy, Properties: {Groups: [all]}                               | not known here: Resources.A.Properties.Groups
          AWS::DynamoDB::Table, Properties: {ResourcePolicy: {}}                      | ResourcePolicy: is not supported
          """)
  void whatIsNotKnownOfAnotherResourceIsRefusedByName(String resource, String reason) {
    assertThatThrownBy(() -> permissions("Resources: {A: {Type: " + resource + "}}"))
        .hasMessageEndingWith(reason);
  }

  private static boolean getFunction(Permissions permissions, String team, String function) {
    Principal session =
        new Principal.RoleSession(
            "arn:aws:iam::123456789012:role/stack-Role", "s", Map.of("team", team));
    return permissions
        .decide(Request.of(session, "lambda:GetFunction", function, ACCOUNT))
        .isAllowed();
  }

  private Permissions permissions(String template) throws IOException {
    return Permissions.of(TestTemplates.readWithRole(directory, ACCOUNT, template));
  }
}
