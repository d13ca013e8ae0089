package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                        | sqs:SendMessage        | true
          sqs:*                    | sqs:SendMessage        | true
          sqs:*                    | sns:Publish            | false
          SQS:sendmessage          | sqs:SendMessage        | true
          sqs:Send*                | sqs:SendMessageBatch   | true
          sqs:Send*                | sqs:ReceiveMessage     | false
          sqs:*Message             | sqs:DeleteMessage      | true
          sqs:*Message             | sqs:DeleteMessageBatch | false
          sqs:SendMessage          | sqs:SendMessageBatch   | false
          dynamodb:?etItem         | dynamodb:GetItem       | true
          dynamodb:?etItem         | dynamodb:BatchGetItem  | false
          s3:Get*Tagging           | s3:GetObjectTagging    | true
          s3:Get*Tagging           | s3:GetObject           | false
          """)
  void actionsMatchWithWildcardsAndInAnyCase(String pattern, String action, boolean expected) {
    assertThat(allowed("Action", pattern, action, "arn:aws:s3:::any")).isEqualTo(expected);
    assertThat(allowed("NotAction", pattern, action, "arn:aws:s3:::any")).isEqualTo(!expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                                         | arn:aws:sqs:us-east-1:1:q               | true
          arn:aws:sqs:us-east-1:1:q                 | arn:aws:sqs:us-east-1:1:q               | true
          arn:aws:sqs:us-east-1:1:q                 | arn:aws:sqs:us-east-1:1:Q               | false
          arn:aws:sqs:us-east-1:1:q                 | arn:aws:sqs:us-east-1:1:q2              | false
          arn:aws:sqs:us-east-1:1:q                 | arn:aws:sqs:us-east-1:2:q               | false
          arn:aws:sqs:*:*:q                         | arn:aws:sqs:us-east-1:1:q               | true
          arn:aws:sqs:us-*-1:1:q                    | arn:aws:sqs:us-east-1:1:q               | true
          arn:aws:sqs:us-*t-1:1:q                   | arn:aws:sqs:us-east-1:1:x:us-east-1:1:q | false
          arn:aws:sqs:us-east-?:1:q                 | arn:aws:sqs:us-east-1:1:q               | true
          arn:aws:sqs:us-east-1:1:*                 | arn:aws:sqs:us-east-1:1:any             | true
          arn:aws:sqs:us-east-1:1:likes-*           | arn:aws:sqs:us-east-1:1:likes-a         | true
          arn:aws:sqs:us-east-1:1:likes-*           | arn:aws:sqs:us-east-1:1:other           | false
          arn:aws:s3:::docs/*                       | arn:aws:s3:::docs/a/b/c                 | true
          arn:aws:s3:::docs/*                       | arn:aws:s3:::docs                       | false
          arn:aws:s3:::docs/*                       | arn:aws:s3:::docs2/a                    | false
          arn:aws:s3:::docs/*.csv                   | arn:aws:s3:::docs/a:b.csv               | true
          arn:aws:s3:::docs/*.csv                   | arn:aws:s3:::docs/a.txt                 | false
          arn:aws:s3:::docs/?.csv                   | arn:aws:s3:::docs/a.csv                 | true
          arn:aws:s3:::d.cs                         | arn:aws:s3:::docs                       | false
          arn:aws:logs:us-east-1:1:log-group:g:*    | arn:aws:logs:us-east-1:1:log-group:g:log-stream:s | true
          arn:aws:logs:us-east-1:1:log-group:g:*    | arn:aws:logs:us-east-1:1:log-group:g2:log-stream:s | false
          arn:aws:lambda:*:*:function:*             | arn:aws:lambda:us-east-1:1:function:f:1 | true
          arn:aws:lambda:*:*:function:*             | arn:aws:lambda:us-east-1:1:layer:f      | false
          arn:aws:dynamodb:*:*:table/T              | arn:aws:dynamodb:us-east-1:1:table/T/index/i | false
          arn:aws:dynamodb:*:*:table/T/index/*      | arn:aws:dynamodb:us-east-1:1:table/T/index/i | true
          arn:aws:s3:::docs/${aws:PrincipalTag/team}/*     | arn:aws:s3:::docs/red/a           | true
          arn:aws:s3:::docs/${aws:PrincipalTag/team}/*     | arn:aws:s3:::docs/blue/a          | false
          arn:aws:s3:::docs/${aws:PrincipalTag/none}/*     | arn:aws:s3:::docs//a              | false
          arn:aws:s3:::docs/${aws:PrincipalTag/star}/*     | arn:aws:s3:::docs/red/a           | false
          arn:aws:s3:::docs/${*}                    | arn:aws:s3:::docs/a                     | false
          arn:aws:s3:::docs/${*}                    | arn:aws:s3:::docs/*                     | true
          arn:aws:sqs:*:*:${aws:RequestedRegion}-q  | arn:aws:sqs:us-east-1:1:eu-west-1-q     | true
          arn:aws:sqs:*:*:${aws:RequestedRegion}-q  | arn:aws:sqs:us-east-1:1:us-east-1-q     | false
          """)
  void resourcesMatchPartByPart(String pattern, String arn, boolean expected) {
    assertThat(allowed("Resource", pattern, "s3:GetObject", arn)).isEqualTo(expected);
    if (!pattern.contains("${")) {
      assertThat(allowed("NotResource", pattern, "s3:GetObject", arn)).isEqualTo(!expected);
    }
  }

  private static boolean allowed(String element, String pattern, String action, String arn) {
    String other = element.endsWith("Action") ? "Resource" : "Action";
    Map<String, Object> statement =
        Map.of("Effect", "Allow", element, List.of(pattern), other, "*");
    Principal role =
        new Principal.RoleSession(
            "arn:aws:iam::" + Cases.ACCOUNT_A + ":role/Role",
            "session",
            Map.of("team", "red", "star", "*"));
    Request request =
        Request.of(role, action, arn, Cases.ACCOUNT_A).with("aws:RequestedRegion", "eu-west-1");
    Policy policy = Policy.ofStatements("test", PolicyType.IDENTITY_BASED, List.of(statement));
    return Evaluator.decide(request, List.of(policy), List.of()).isAllowed();
  }
}
