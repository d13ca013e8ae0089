package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                                                          | p: is not JSON
          []                                                                         | p: has to be an object
          {"Statement": []}                                                          | p: Version has to be 2012-10-17
          {"Version": "2008-10-17", "Statement": []}                                 | p: Version has to be 2012-10-17
          {"Version": "2012-10-17", "Statement": []}                                 | p: has no Statement
          {"Version": "2012-10-17"}                                                  | p: has no Statement
          {"Version": "2012-10-17", "Statement": [], "Extra": 1}                     | p: Extra is not known
          {"Version": "2012-10-17", "Statement": ["x"]}                              | p/1: has to be an object
          """)
  void aMalformedPolicyIsRefused(String json, String reason) {
    assertThatThrownBy(() -> Policy.parse("p", PolicyType.IDENTITY_BASED, json))
        .isInstanceOf(PolicyException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Action": "a:b", "Resource": "*"                                           | Effect has to be Allow or Deny
          "Effect": "allow", "Action": "a:b", "Resource": "*"                        | Effect has to be Allow or Deny
          "Effect": "Allow", "Resource": "*"                                         | has to have either Action or NotAction
          "Effect": "Allow", "Action": "a:b", "NotAction": "a:c", "Resource": "*"    | has to have either Action or NotAction
          "Effect": "Allow", "Action": "a:b"                                         | has to have either Resource or NotResource
          "Effect": "Allow", "Action": [], "Resource": "*"                           | Action is empty
          "Effect": "Allow", "Action": "PutItem", "Resource": "*"                    | PutItem is not an action
          "Effect": "Allow", "Action": "*:PutItem", "Resource": "*"                  | *:PutItem is not an action
          "Effect": "Allow", "Action": "a:${b}", "Resource": "*"                     | a:${b} is not an action
          "Effect": "Allow", "Action": {"a": "b"}, "Resource": "*"                   | has to be a string or a list of strings
          "Effect": "Allow", "Action": "a:b", "Resource": "table"                    | table is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "arn:aws:s3:::b/${x"       | malformed policy variable in arn:aws:s3:::b/${x
          "Effect": "Allow", "Action": "a:b", "NotResource": "arn:aws:s3:::${a:b}"   | NotResource with a policy variable is not supported
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Principal": "*"      | an identity-based policy names no Principal
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Conditions": {}      | statement: Conditions is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "NotPrincipal": "*"   | statement: NotPrincipal is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}} | condition operator IpAddress is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringIs": {"a:b": "c"}}            | condition operator StringIs is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"NullIfExists": {"a:b": "true"}}     | condition operator Null is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"ForSome:Bool": {"a:b": "true"}}     | condition operator ForSome:Bool is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringNotEqual": {"a:b": "c"}}      | condition operator StringNotEqual is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"NumericNotLessThan": {"a:b": "3"}}  | condition operator NumericNotLessThan is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"key": "c"}}        | condition key key is not known
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"a:b": []}}         | condition key a:b has no value
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"StringEquals": "x"}                 | StringEquals: has to be an object
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Null": {"a:b": "maybe"}}            | Null takes true or false
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": "yes"}}              | yes is neither true nor false
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"NumericEquals": {"a:b": "x"}}       | x is not what its operator compares
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"DateEquals": {"a:b": "soon"}}       | soon is not what its operator compares
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"a:b": "topic"}}         | topic is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"a:b": "arn:aws:sns:*:t"}}         | arn:aws:sns:*:t is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "arn:aws:lambda:*"         | arn:aws:lambda:* is not an ARN
          "Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": "${a:c}"}}           | ${a:c} is neither true nor false
          "Sid": "not-letters", "Effect": "Allow", "Action": "a:b", "Resource": "*"  | in an identity-based policy a Sid is letters and digits only
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
          {"AWS": "arn:aws:iam::111111111111:role/*"}   | principal arn:aws:iam::111111111111:role/* is not known
          {"AWS": "somebody"}                           | principal somebody is not known
          {"AWS": "1111"}                               | principal 1111 is not known
          {"AWS": "111111111111:root"}                  | principal 111111111111:root is not known
          {"AWS": "arn:aws:iam::111111111111:group/g"}  | principal arn:aws:iam::111111111111:group/g is not known
          {"Service": "*"}                              | service principal * is not known
          {"Service": "sns"}                            | service principal sns is not known
          {"Federated": "cognito-identity.amazonaws.com"} | Principal: Federated is not known
          {"CanonicalUser": "abc"}                      | Principal: CanonicalUser is not known
          {}                                            | Principal names nobody
          "everyone"                                    | Principal: has to be an object
          """)
  void aPrincipalThatIsNotKnownIsRefusedByName(String principal, String reason) {
    String statement =
        "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\", \"Principal\": "
            + principal;
    assertThatThrownBy(() -> parse(PolicyType.RESOURCE_BASED, statement))
        .isInstanceOf(PolicyException.class)
        .hasMessage("p/1: " + reason);
  }

  @Test
  void aResourceBasedStatementNamesAPrincipal() {
    String statement = "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\"";
    assertThatThrownBy(() -> parse(PolicyType.RESOURCE_BASED, statement))
        .hasMessage("p/1: Principal: has to be an object");
  }

  @Test
  void aTrustPolicyNamesNoResource() {
    String statement =
        "\"Effect\": \"Allow\", \"Action\": \"a:b\", \"Resource\": \"*\", \"Principal\": \"*\"";
    assertThatThrownBy(() -> parse(PolicyType.TRUST, statement))
        .hasMessage("p/1: a trust policy names no Resource");
  }

  @Test
  void statementsAreCalledByTheirSidOrTheirPlace() {
    Policy policy =
        Policy.parse(
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
                Policy.parse(
                    "p",
                    PolicyType.IDENTITY_BASED,
                    """
                    {"Version": "2012-10-17", "Statement": [
                      {"Sid": "Same", "Effect": "Allow", "Action": "a:b", "Resource": "*"},
                      {"Sid": "Same", "Effect": "Deny", "Action": "a:b", "Resource": "*"}]}
                    """))
        .hasMessage("p/Same: the Sid stands twice");
  }

  private static Policy parse(PolicyType type, String statement) {
    return Policy.parse(
        "p", type, "{\"Version\": \"2012-10-17\", \"Statement\": [{" + statement + "}]}");
  }
}
