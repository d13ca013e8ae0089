package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                                         | p: must be an object
          {"Statement": []}                                                          | p: Version must be 2012-10-17
          {"Version": "2008-10-17", "Statement": []}                                 | p: Version must be 2012-10-17
          {"Version": "2012-10-17", "Statement": []}                                 | p: has no Statement
          {"Version": "2012-10-17"}                                                  | p: has no Statement
          {"Version": "2012-10-17", "Statement": [], "Extra": 1}                     | p: Extra is not supported
          {"Version": "2012-10-17", "Statement": ["x"]}                              | p/1: must be an object
          """)
  void aMalformedPolicyIsRefused(String json, String reason) {
    assertThatThrownBy(() -> Cases.parse("p", PolicyType.IDENTITY_BASED, json))
        .isInstanceOf(PolicyException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Action": "a:b", "Resource": "*"                                           | Effect must be Allow or Deny
          "Effect": "allow", "Action": "a:b", "Resource": "*"                        | Effect must be Allow or Deny
          "Effect": "Allow", "Resource": "*"                                         | must have either Action or NotAction
          "Effect": "Allow", "Action": "a:b", "NotAction": "a:c", "Resource": "*"    | must have either Action or NotAction
          "Effect": "Allow", "Action": "a:b"                                         | must have either Resource or NotResource
          "Effect": "Allow", "Action": [], "Resource": "*"                           | Action is empty
          "Effect": "Allow", "Action": "PutItem", "Resource": "*"                    | PutItem is not an action
          "Effect": "Allow", "Action": "*:PutItem", "Resource": "*"                  | *:PutItem is not an action
          "Effect": "Allow", "Action": "a:${b}", "Resource": "*"                     | a:${b} is not an action
          "Effect": "Allow", "Action": {"a": "b"}, "Resource": "*"                   | must be a string or a list of strings
          "Effect": "Allow", "Action": "a:b", "Resource": "table"                    | table is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "arn:aws:s3:::b/${x"       | malformed policy variable in arn:aws:s3:::b/${x
          "Effect": "Allow", "Action": "a:b", "NotResource": "arn:aws:s3:::${a:b}"   | NotResource with a policy variable is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Principal": "*"      | an identity-based policy must not have a Principal
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Conditions": {}      | statement: Conditions is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "NotPrincipal": "*"   | statement: NotPrincipal is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}} | 10.0.0.0/33 is not an IP address or CIDR range
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "localhost"}}   | localhost is not an IP address or CIDR range
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegions": "x"}}     | condition key aws:RequestedRegions is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"Null": {"dynamodb:Select": "true"}}               | condition key dynamodb:Select is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/": "x"}}         | condition key aws:ResourceTag/ is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag": "x"}}          | condition key aws:ResourceTag is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/aws:cloudformation:stack-name": "x"}} | condition key aws:ResourceTag/aws:cloudformation:stack-name is not supported: CloudFormation writes this tag
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/lambda:createdBy": "SAM"}}            | condition key aws:ResourceTag/lambda:createdBy is not supported: CloudFormation writes this tag
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:TagKeys": "x"}}              | condition key aws:TagKeys is multivalued: use ForAnyValue or ForAllValues
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${aws:TagKeys}"}}   | ${aws:TagKeys} is multivalued and cannot be a policy variable
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${aws:Nothing}"}}   | condition key aws:Nothing is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${ aws:username }"}} | malformed policy variable in ${ aws:username }
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${aws:username }"}}  | malformed policy variable in ${aws:username }
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${}"}}               | malformed policy variable in ${}
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "${aws:username, ''}"}} | malformed policy variable in ${aws:username, ''}
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "a", "S3:Prefix": "b"}} | duplicate condition key S3:Prefix
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"NumericEquals": {"aws:PrincipalArn": "1"}}        | condition operator NumericEquals does not apply to aws:PrincipalArn
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:SecureTransport": "true"}}   | condition operator StringEquals does not apply to aws:SecureTransport
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceArn": "10.0.0.0/8"}}   | condition operator NotIpAddress does not apply to aws:SourceArn
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}} | condition key aws:SecureTransport takes one value with Bool
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:${aws:RequestedRegion}:1:t"}} | a policy variable is allowed only after the fifth colon of an ARN: arn:aws:sns:${aws:RequestedRegion}:1:t
          "Effect": "Deny",  "Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:SNS:r:1:t"}} | arn:aws:SNS:r:1:t: the ARN's service must be lower case
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:aws:sqs:r:${aws:PrincipalAccount}:q"                             | a policy variable is allowed only after the fifth colon of an ARN: arn:aws:sqs:r:${aws:PrincipalAccount}:q
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:aws:lambda:r:1:func*:x"                                          | arn:aws:lambda:r:1:func*:x: a wildcard in the resource type is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:aws:dynamodb:r:1:tabl?/x"                                        | arn:aws:dynamodb:r:1:tabl?/x: a wildcard in the resource type is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:aws:iam::1:${aws:username}/x"                                    | arn:aws:iam::1:${aws:username}/x: a wildcard in the resource type is not supported
          "Effect": "Deny",  "Action": "a:b", "NotResource": "arn:aws:iam::1:u*"                                                | arn:aws:iam::1:u*: a wildcard in the resource type is not supported
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:aws:s*:r:1:q"                                                    | arn:aws:s*:r:1:q: the ARN's service must be lower case without wildcards
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:aws:SQS:r:1:q"                                                   | arn:aws:SQS:r:1:q: the ARN's service must be lower case without wildcards
          "Effect": "Deny",  "Action": "a:b", "Resource": "arn:*:sqs:r:1:q"                                                     | arn:*:sqs:r:1:q: the ARN's partition must be lower-case letters without wildcards
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringIs": {"a:b": "c"}}            | condition operator StringIs is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"NullIfExists": {"a:b": "true"}}     | condition operator Null is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"ForSome:Bool": {"a:b": "true"}}     | condition operator ForSome:Bool is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringNotEqual": {"a:b": "c"}}      | condition operator StringNotEqual is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"NumericNotLessThan": {"a:b": "3"}}  | condition operator NumericNotLessThan is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"key": "c"}}        | condition key key is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"a:b": []}}         | condition key a:b has no value
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": "x"}                 | StringEquals: must be an object
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Null": {"a:b": "maybe"}}            | Null must be true or false
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": "yes"}}              | yes is neither true nor false
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"NumericEquals": {"a:b": "x"}}       | x has the wrong type for its operator
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"DateEquals": {"a:b": "soon"}}       | soon has the wrong type for its operator
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"a:b": "topic"}}         | topic is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"a:b": "arn:aws:sns:*:t"}}         | arn:aws:sns:*:t is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "arn:aws:lambda:*"         | arn:aws:lambda:* is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": "${a:c}"}}           | ${a:c} is neither true nor false
          "Sid": "not-letters", "Effect": "Allow", "Action": "a:b", "Resource": "*"  | a Sid of an identity-based policy takes only letters and digits
          """)
  void aStatementThatIsNotKnownIsRefusedByName(String statement, String reason) {
    assertThatThrownBy(() -> parse(PolicyType.IDENTITY_BASED, statement))
        .isInstanceOf(PolicyException.class)
        .hasMessageMatching("p/[^:]+: \\Q" + reason + "\\E");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"AWS": "arn:aws:iam::111111111111:role/*"}   | principal arn:aws:iam::111111111111:role/* is not supported
          {"AWS": "somebody"}                           | principal somebody is not supported
          {"AWS": "1111"}                               | principal 1111 is not supported
          {"AWS": "111111111111:root"}                  | principal 111111111111:root is not supported
          {"AWS": "arn:aws:iam::111111111111:group/g"}  | principal arn:aws:iam::111111111111:group/g is not supported
          {"Service": "*"}                              | service principal * is not supported
          {"Service": "sns.eu-west-1.amazonaws.com"}    | service principal sns.eu-west-1.amazonaws.com is not supported
          {"Service": "sns"}                            | service principal sns is not supported
          {"Federated": "cognito-identity.amazonaws.com"} | Principal: Federated is not supported
          {"CanonicalUser": "abc"}                      | Principal: CanonicalUser is not supported
          {}                                            | Principal is empty
          "everyone"                                    | Principal: must be an object
          """)
  void aPrincipalThatIsNotKnownIsRefusedByName(String principal, String reason) {
    String statement =
        "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\", \"Principal\": "
            + principal;
    assertThatThrownBy(() -> parse(PolicyType.RESOURCE_BASED, statement))
        .isInstanceOf(PolicyException.class)
        .hasMessage("p/1: " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:lambda:*:*:*",
        "arn:aws:lambda:*:*:function:*",
        "arn:aws:iam::111111111111:role/${aws:PrincipalTag/team}/*",
        "arn:aws:s3:::bucket*/${aws:PrincipalTag/team, 'all'}",
        "arn:aws:sqs:*:*:likes-*",
        "arn:aws:sns:*:*:${aws:PrincipalTag/team}-*",
        "arn:aws:execute-api:*:*:*/$default/GET/u/*",
      })
  void whatIamTakesForAResourceIsRead(String resource) {
    Policy policy =
        parse(
            PolicyType.IDENTITY_BASED,
            "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"" + resource + "\"");
    assertThat(policy.statements().getFirst().resources().names()).containsExactly(resource);
  }

  @Test
  void aKeyThatNobodySuppliesIsRefusedWhereItHasToBe() {
    Map<String, Object> statement =
        Map.of(
            "Effect", "Deny",
            "Action", "*",
            "Resource", "*",
            "Condition", Map.of("StringNotEquals", Map.of("aws:PrincipalOrgID", "o-1")));
    Map<String, Object> document = Map.of("Version", "2012-10-17", "Statement", statement);
    assertThat(Policy.of("p", PolicyType.IDENTITY_BASED, document).statements()).hasSize(1);
    assertThatThrownBy(() -> Policy.supplied("p", PolicyType.IDENTITY_BASED, document))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "p/1: condition key aws:PrincipalOrgID is not supported: the embedded run does not know"
                + " its value");
  }

  @Test
  void aResourceBasedStatementNamesAPrincipal() {
    String statement = "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"";
    assertThatThrownBy(() -> parse(PolicyType.RESOURCE_BASED, statement))
        .hasMessage("p/1: Principal: must be an object");
  }

  @Test
  void aTrustPolicyNamesNoResource() {
    String statement =
        "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\", \"Principal\": \"*\"";
    assertThatThrownBy(() -> parse(PolicyType.TRUST, statement))
        .hasMessage("p/1: a trust policy must not have a Resource");
  }

  @Test
  void statementsAreCalledByTheirSidOrTheirPlace() {
    Policy policy =
        Cases.parse(
            "p",
            PolicyType.IDENTITY_BASED,
            """
            {"Version": "2012-10-17", "Statement": [
              {"Sid": "Named", "Effect": "Allow", "Action": "a:b", "Resource": "*"},
              {"Effect": "Deny", "Action": "a:b", "Resource": "*"}]}
            """);
    assertThat(policy.statements()).extracting(Statement::id).containsExactly("p/Named", "p/2");
    assertThat(policy.statements())
        .extracting(Statement::effect)
        .containsExactly(Effect.ALLOW, Effect.DENY);
  }

  @Test
  void aSidStandsOnce() {
    assertThatThrownBy(
            () ->
                Cases.parse(
                    "p",
                    PolicyType.IDENTITY_BASED,
                    """
                    {"Version": "2012-10-17", "Statement": [
                      {"Sid": "Same", "Effect": "Allow", "Action": "a:b", "Resource": "*"},
                      {"Sid": "Same", "Effect": "Deny", "Action": "a:b", "Resource": "*"}]}
                    """))
        .hasMessage("p/Same: duplicate Sid");
  }

  private static Policy parse(PolicyType type, String statement) {
    return Cases.parse(
        "p", type, "{\"Version\": \"2012-10-17\", \"Statement\": [{" + statement + "}]}");
  }
}
