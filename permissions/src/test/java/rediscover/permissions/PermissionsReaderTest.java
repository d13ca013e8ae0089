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
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;

class PermissionsReaderTest {

  private static final String ACCOUNT = "123456789012";
  private static final String FUNCTION =
      "arn:aws:lambda:us-east-1:123456789012:function:stack-Function";
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:stack-Topic";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /u/{name}       | GET/u/*
          get  | /u/{name}       | GET/u/*
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
    assertThat(mayInvoke(permissions, FUNCTION + ":live")).isTrue();
    assertThat(mayInvoke(permissions, FUNCTION)).isFalse();
    assertThat(mayInvoke(permissions, FUNCTION + ":1")).isFalse();
  }

  @Test
  void policiesComeFromTheRoleAndFromTheManagedOnesThatItNames() throws IOException {
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
            """);
    Role role = permissions.role("arn:aws:iam::123456789012:role/named").orElseThrow();
    assertThat(role.tags()).containsExactly(Map.entry("team", "red"));
    assertThat(role.policies().stream().flatMap(policy -> policy.statements().stream()))
        .extracting(Statement::id)
        .containsExactly("Named/first/1", "Named/second/1", "Named/Shared/1");
    Principal session = new Principal.RoleSession(role.arn(), "s", role.tags());
    for (String action : List.of("a:First", "a:Second", "a:Third")) {
      assertThat(permissions.decide(Request.of(session, action, "*", ACCOUNT)).isAllowed())
          .isTrue();
    }
    assertThat(permissions.decide(Request.of(session, "a:Fourth", "*", ACCOUNT)).isAllowed())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Role: !GetAtt Role.Arn, Events: {A: {Type: Kinesis}}                          | Function.Properties.Events.A.Type: event type Kinesis is not supported
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
          AWS::Lambda::Permission, Properties: {FunctionName: nobody}                                                                                                                | does not name a function of this template
          AWS::SQS::QueuePolicy, Properties: {Queues: [q], PolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Principal: '*', Action: a:b, Resource: '*'}}}           | Queues: is not a resource of this template
          AWS::Serverless::Connector, Properties: {}                                  | type AWS::Serverless::Connector is not supported
          AWS::IAM::User, Properties: {}                                              | type AWS::IAM::User is not supported
          AWS::IAM::AccessKey, Properties: {}                                         | type AWS::IAM::AccessKey is not supported
          AWS::IAM::Role, Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Principal: '*', Action: sts:AssumeRole}}} | ManagedPolicyArns: arn:aws:iam::aws:policy/ReadOnlyAccess is not a policy of this template
          AWS::IAM::ManagedPolicy, Properties: {Users: [somebody]}                    | not supported: Resources.A.Properties.Users
          AWS::IAM::Policy, Properties: {}                                            | type AWS::IAM::Policy is not supported
          AWS::IAM::RolePolicy, Properties: {}                                        | type AWS::IAM::RolePolicy is not supported
          AWS::IAM::ManagedPolicy, Properties: {Roles: [somebody]}                    | not supported: Resources.A.Properties.Roles
          AWS::DynamoDB::Table, Properties: {ResourcePolicy: {}}                      | ResourcePolicy: is not supported
          AWS::S3::Bucket, Properties: {AbacStatus: Enabled}                          | AbacStatus: is not supported
          AWS::SQS::Queue, Properties: {Tags: [{Key: team, Value: ''}]}               | Tags: team is empty: empty values are not supported
          AWS::SQS::Queue, Properties: {Tags: [{Key: team, Value: a}, {Key: Team, Value: b}]} | Tags: Team differs from another key only in case
          """)
  void whatIsNotKnownOfAnotherResourceIsRefusedByName(String resource, String reason) {
    assertThatThrownBy(() -> permissions("Resources: {A: {Type: " + resource + "}}"))
        .hasMessageEndingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what stands in the role's second statement | how it is refused
          Resource: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': o-1}}      | condition key aws:PrincipalOrgID is not supported: the embedded run does not know its value
          Resource: '*', Condition: {StringEquals: {'aws:RequestRegion': us-east-1}} | condition key aws:RequestRegion is not supported
          Resource: '*', Condition: {Between: {'aws:CurrentTime': '2026-01-01'}}     | condition operator Between is not supported
          Resource: 'arn:aws:s3:::a/${aws:userid}'                                   | condition key aws:userid is not supported: the embedded run does not know its value
          NotResource: '*', When: now                                                | statement: When is not supported
          """)
  void whatIsNotKnownInAPolicyIsRefusedByFileLineAndStatement(String statement, String reason) {
    String template =
        """
        Resources:
          Named:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: '2012-10-17'
                Statement: {Effect: Allow, Principal: {AWS: '111111111111'}, Action: sts:AssumeRole}
              Policies:
                - PolicyName: first
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement:
                      - !If [Never, {Effect: Allow, Action: a:Never, Resource: '*'}, !Ref AWS::NoValue]
                      - {Effect: Allow, Action: a:First, Resource: '*'}
                      - Sid: %s
                        Effect: Deny
                        Action: a:Second
                        %s
        Conditions: {Never: !Equals [a, b]}
        """;
    assertThatThrownBy(
            () -> read(template.formatted("Second", statement.replace(", ", "\n                "))))
        .hasMessage("template.yaml:15: Named/Second: " + reason);
    assertThatThrownBy(
            () ->
                read(
                    template
                        .replace("Sid: %s\n                Effect", "Effect")
                        .formatted(statement.replace(", ", "\n                "))))
        .hasMessage("template.yaml:15: Named/2: " + reason);
  }

  @Test
  void aPermissionThatIsNotKnownIsRefusedByItsPlace() {
    assertThatThrownBy(
            () ->
                permissions(
                    """
                    Resources:
                      Function:
                        Type: AWS::Serverless::Function
                        Properties: {Role: !GetAtt Role.Arn}
                      Open:
                        Type: AWS::Lambda::Permission
                        Properties:
                          FunctionName: !Ref Function
                          Action: lambda:InvokeFunction
                          Principal: somebody
                    """))
        .hasMessageMatching(
            "template.yaml:[0-9]+: Function/Open: principal somebody is not supported");
  }

  @ParameterizedTest
  @CsvSource({
    "!Ref Function, false, true",
    "!GetAtt Function.Arn, false, true",
    "!Sub '${Function}:live', true, false",
    "!Sub '${Function.Arn}:live', true, false",
  })
  void aPermissionIsForTheVeryArnThatItNames(String named, boolean alias, boolean itself)
      throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Topic: {Type: AWS::SNS::Topic}
              Function:
                Type: AWS::Serverless::Function
                Properties: {Role: !GetAtt Role.Arn, AutoPublishAlias: live}
              Open:
                Type: AWS::Lambda::Permission
                Properties:
                  FunctionName: %s
                  Action: lambda:InvokeFunction
                  Principal: sns.amazonaws.com
                  SourceArn: !Ref Topic
            """
                .formatted(named));
    assertThat(mayInvoke(permissions, FUNCTION + ":live")).isEqualTo(alias);
    assertThat(mayInvoke(permissions, FUNCTION)).isEqualTo(itself);
  }

  @ParameterizedTest
  @CsvSource({
    "!GetAtt Function.Arn, ''",
    "!Sub '${Function.Arn}:live', :live",
  })
  void aSubscriptionInvokesWhatItNames(String endpoint, String qualifier) throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Topic: {Type: AWS::SNS::Topic}
              Function:
                Type: AWS::Serverless::Function
                Properties: {Role: !GetAtt Role.Arn, AutoPublishAlias: live}
              Subscribed:
                Type: AWS::SNS::Subscription
                Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: %s}
            """
                .formatted(endpoint));
    LambdaFunction function = permissions.functions().getFirst();
    assertThat(function.invokedBy("sns.amazonaws.com", TOPIC)).isEqualTo(FUNCTION + qualifier);
    assertThat(function.invokedBy("sns.amazonaws.com", TOPIC + "2")).isEqualTo(FUNCTION);
  }

  @Test
  void tagsOfWhateverHasThemDecide() throws IOException {
    Permissions permissions =
        permissions(
            """
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties: {Tags: [{Key: team, Value: red}]}
              Queue:
                Type: AWS::SQS::Queue
                Properties: {Tags: [{Key: team, Value: blue}]}
              Group:
                Type: AWS::Logs::LogGroup
                Properties: {Tags: [{Key: team, Value: red}]}
              Function:
                Type: AWS::Serverless::Function
                Properties: {Role: !GetAtt Role.Arn, Tags: {team: red}}
              NotRed:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument:
                    Version: '2012-10-17'
                    Statement: {Effect: Allow, Principal: '*', Action: sts:AssumeRole}
                  Policies:
                    - PolicyName: policy
                      PolicyDocument:
                        Version: '2012-10-17'
                        Statement:
                          - {Effect: Allow, Action: '*', Resource: '*'}
                          - Effect: Deny
                            Action: '*'
                            Resource: '*'
                            Condition: {StringEquals: {'aws:ResourceTag/team': red}}
            """);
    Principal session =
        new Principal.RoleSession("arn:aws:iam::123456789012:role/stack-NotRed", "s", Map.of());
    Map<String, Boolean> allowed =
        Map.of(
            "dynamodb:us-east-1:123456789012:table/stack-Table", false,
            "dynamodb:us-east-1:123456789012:table/stack-Table/index/i", false,
            "dynamodb:us-east-1:123456789012:table/stack-Table2", true,
            "sqs:us-east-1:123456789012:stack-Queue", true,
            "logs:us-east-1:123456789012:log-group:stack-Group:log-stream:s", false,
            "lambda:us-east-1:123456789012:function:stack-Function", false,
            "lambda:us-east-1:123456789012:function:stack-Function:1", false,
            "lambda:us-east-1:123456789012:function:stack-Function2", true);
    allowed.forEach(
        (resource, expected) ->
            assertThat(
                    permissions
                        .decide(Request.of(session, "a:Any", "arn:aws:" + resource, ACCOUNT))
                        .isAllowed())
                .as(resource)
                .isEqualTo(expected));
  }

  /** Whether SNS may invoke this ARN for the topic. */
  private static boolean mayInvoke(Permissions permissions, String invoked) {
    Principal sns = new Principal.Service("sns.amazonaws.com");
    Request invoke =
        Request.of(sns, "lambda:InvokeFunction", invoked, ACCOUNT).with("aws:SourceArn", TOPIC);
    return permissions.decide(invoke).isAllowed();
  }

  private Permissions read(String template) throws IOException {
    return Permissions.of(TestTemplates.read(directory, ACCOUNT, template));
  }

  private Permissions permissions(String template) throws IOException {
    return Permissions.of(TestTemplates.readWithRole(directory, ACCOUNT, template));
  }
}
