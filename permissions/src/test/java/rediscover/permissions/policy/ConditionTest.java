package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every condition operator, with keys that are there, that are not, and that have many values. */
class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # operator | values in the policy | values in the request, "-" for no such key | holds
          StringEquals              | a           | a     | true
          StringEquals              | a           | A     | false
          StringEquals              | a,b         | b     | true
          StringEquals              | a*          | ab    | false
          StringEquals              | a           | -     | false
          StringEqualsIfExists      | a           | -     | true
          StringEqualsIfExists      | a           | b     | false
          StringNotEquals           | a           | b     | true
          StringNotEquals           | a,b         | b     | false
          StringNotEquals           | a           | -     | true
          StringNotEqualsIfExists   | a           | a     | false
          StringEqualsIgnoreCase    | falcon      | FALCON | true
          StringEqualsIgnoreCase    | falcon      | eagle | false
          StringNotEqualsIgnoreCase | falcon      | FALCON | false
          StringNotEqualsIgnoreCase | falcon      | eagle | true
          StringLike                | a*          | abc   | true
          StringLike                | a*          | bc    | false
          StringLike                | a?c         | abc   | true
          StringLike                | a?c         | ac    | false
          StringLike                | *:x:*       | a:x:b | true
          StringLike                | a           | -     | false
          StringNotLike             | a*          | abc   | false
          StringNotLike             | a*          | bc    | true
          StringNotLike             | a*          | -     | true
          StringLike                | a${*}       | a*    | true
          StringLike                | a${*}       | ab    | false
          StringLike                | ${?}${$}    | ?$    | true
          StringEquals              | ${aws:PrincipalTag/team}        | red  | true
          StringEquals              | ${aws:principaltag/TEAM}        | red  | true
          StringEquals              | ${aws:PrincipalTag/team}        | blue | false
          StringEquals              | ${aws:PrincipalTag/none}        | red  | false
          StringNotEquals           | ${aws:PrincipalTag/none}        | red  | true
          StringEquals              | ${aws:PrincipalTag/none, 'red'} | red  | true
          StringEquals              | ${aws:PrincipalTag/team, 'red'} | blue | false
          StringLike                | x-${aws:PrincipalTag/team}-*    | x-red-1 | true
          StringLike                | ${aws:PrincipalTag/star}        | red  | false
          ArnEquals     | arn:aws:sns:us-east-1:1:t   | arn:aws:sns:us-east-1:1:t   | true
          ArnEquals     | arn:aws:sns:us-east-1:1:*   | arn:aws:sns:us-east-1:1:t   | true
          ArnLike       | arn:aws:sns:us-east-1:1:t   | arn:aws:sns:us-east-1:1:t2  | false
          ArnLike       | arn:aws:sns:*:1:t           | arn:aws:sns:us-east-1:1:t   | true
          ArnLike       | arn:aws:sns:*:*:t           | arn:aws:sns:us-east-1:1:x:t | false
          ArnLike       | arn:aws:sns:*:1:t           | arn:aws:sns:us:east:1:t     | false
          ArnLike       | arn:aws:lambda:?:1:function:* | arn:aws:lambda:x:1:function:a:b | true
          ArnLike       | arn:aws:lambda:?:1:function:* | arn:aws:lambda:xx:1:function:a  | false
          ArnLike       | arn:aws:s3:::b              | arn:aws:s3:::B              | false
          ArnLike       | arn:aws:s3:::b              | b                           | false
          ArnLike       | arn:aws:s3:::b              | -                           | false
          ArnLikeIfExists | arn:aws:s3:::b            | -                           | true
          ArnNotLike    | arn:aws:s3:::b*             | arn:aws:s3:::b1             | false
          ArnNotLike    | arn:aws:s3:::b*             | arn:aws:s3:::c              | true
          ArnNotLike    | arn:aws:s3:::b*             | -                           | true
          ArnNotEquals  | arn:aws:s3:::b              | arn:aws:s3:::b              | false
          ArnLike       | arn:aws:s3:::${aws:PrincipalTag/team} | arn:aws:s3:::red  | true
          Bool          | true        | true  | true
          Bool          | true        | True  | true
          Bool          | true        | false | false
          Bool          | false       | false | true
          Bool          | false       | -     | false
          BoolIfExists  | false       | -     | true
          Null          | true        | -     | true
          Null          | true        | a     | false
          Null          | false       | -     | false
          Null          | false       | a     | true
          NumericEquals            | 3   | 3    | true
          NumericEquals            | 3   | 3.0  | true
          NumericEquals            | 3   | 4    | false
          NumericEquals            | 3   | x    | false
          NumericEquals            | 3   | -    | false
          NumericNotEquals         | 3   | 4    | true
          NumericNotEquals         | 3   | 3    | false
          NumericNotEquals         | 3   | -    | true
          NumericLessThan          | 3   | 2    | true
          NumericLessThan          | 3   | 3    | false
          NumericLessThanEquals    | 3   | 3    | true
          NumericLessThanEquals    | 3   | 10   | false
          NumericGreaterThan       | 3   | 10   | true
          NumericGreaterThan       | 3   | 3    | false
          NumericGreaterThanEquals | 3   | 3    | true
          NumericGreaterThanEquals | 3   | 2    | false
          NumericGreaterThanIfExists | 3 | -    | true
          DateEquals            | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00+01:00 | true
          DateEquals            | 2026-01-01           | 1767225600                | true
          DateEquals            | 2026-01-01           | 2026-01-02                | false
          DateNotEquals         | 2026-01-01           | 2026-01-02                | true
          DateNotEquals         | 2026-01-01           | -                         | true
          DateLessThan          | 2026-01-01T00:00:00Z | 2025-12-31T23:59:59Z      | true
          DateLessThan          | 2026-01-01T00:00:00Z | 2026-01-01T00:00:00Z      | false
          DateLessThanEquals    | 2026-01-01T00:00:00Z | 2026-01-01T00:00:00Z      | true
          DateGreaterThan       | 2026-01-01           | 2026-01-01T00:00:01Z      | true
          DateGreaterThan       | 2026-01-01           | yesterday                 | false
          DateGreaterThanEquals | 2026-01-01           | 2026-01-01                | true
          DateGreaterThanEquals | 2026-01-01           | -                         | false
          ForAllValues:StringEquals    | a,b | a     | true
          ForAllValues:StringEquals    | a,b | a,b   | true
          ForAllValues:StringEquals    | a,b | a,c   | false
          ForAllValues:StringEquals    | a,b | -     | true
          ForAllValues:StringNotEquals | a,b | c,d   | true
          ForAllValues:StringNotEquals | a,b | a,c   | false
          ForAllValues:StringLike      | a*  | ab,ac | true
          ForAnyValue:StringEquals     | a,b | b,c   | true
          ForAnyValue:StringEquals     | a,b | c,d   | false
          ForAnyValue:StringEquals     | a,b | -     | false
          ForAnyValue:StringEqualsIfExists | a,b | - | false
          ForAllValues:StringEqualsIfExists | a,b | - | true
          ForAnyValue:StringNotEquals  | a,b | a,c   | true
          ForAnyValue:StringNotEquals  | a,b | a,b   | false
          ForAnyValue:StringNotEquals  | a,b | -     | false
          ForAnyValue:StringLike       | a*  | x,ab  | true
          IpAddress      | 203.0.113.0/24   | 203.0.113.7   | true
          IpAddress      | 203.0.113.0/24   | 203.0.114.7   | false
          IpAddress      | 203.0.113.7      | 203.0.113.7   | true
          IpAddress      | 203.0.113.7      | 203.0.113.8   | false
          IpAddress      | 203.0.113.128/25 | 203.0.113.127 | false
          IpAddress      | 0.0.0.0/0        | 203.0.113.7   | true
          IpAddress      | 0.0.0.0/0        | 2001:db8::1   | false
          IpAddress      | 2001:db8::/32    | 2001:db8:1::1 | true
          IpAddress      | 2001:db8::/32    | 2001:db9::1   | false
          IpAddress      | 203.0.113.0/24   | somewhere     | false
          IpAddress      | 203.0.113.0/24   | -             | false
          NotIpAddress   | 203.0.113.0/24   | 203.0.113.7   | false
          NotIpAddress   | 203.0.113.0/24,10.0.0.0/8 | 10.1.2.3 | false
          NotIpAddress   | 203.0.113.0/24   | 203.0.114.7   | true
          NotIpAddress   | 203.0.113.0/24   | -             | true
          NotIpAddressIfExists | 10.0.0.0/8 | -             | true
          ForAnyValue:ArnLike          | arn:aws:s3:::b* | arn:aws:s3:::b1,arn:aws:s3:::c | true
          """)
  void operatorsCompareAsDocumented(
      String operator, String policy, String given, boolean expected) {
    assertThat(holds(operator, policy, given)).isEqualTo(expected);
  }

  @Test
  void allKeysOfAllOperatorsHaveToHold() {
    Map<String, Object> condition =
        Map.of(
            "StringEquals", Map.of("s3:prefix", "1", "s3:delimiter", "2"),
            "Bool", Map.of("aws:SecureTransport", "true"));
    Request request =
        request("s3:prefix", "1").with("s3:delimiter", "2").with("aws:SecureTransport", "true");

    assertThat(decide(condition, request).isAllowed()).isTrue();
    assertThat(decide(condition, request.with("s3:prefix", "2")).isAllowed()).isFalse();
    assertThat(decide(condition, request.with("s3:delimiter", "1")).isAllowed()).isFalse();
    assertThat(decide(condition, request.with("aws:SecureTransport", "false")).isAllowed())
        .isFalse();
  }

  @Test
  void theCaseOfKeysDoesNotMatter() {
    Map<String, Object> condition = Map.of("StringEquals", Map.of("AWS:SourceAccount", "1"));
    assertThat(decide(condition, request("aws:sourceaccount", "1")).isAllowed()).isTrue();
  }

  @Test
  void manyValuesOfAKeyThatHasOneAreRefused() {
    assertThatThrownBy(() -> holds("StringEquals", "a", "a,b"))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("use ForAnyValue or ForAllValues");
  }

  @Test
  void anEmptyVariableIsRefused() {
    assertThatThrownBy(
            () -> decide(Map.of("StringEquals", Map.of("s3:prefix", "${s3:delimiter}")), empty()))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("${s3:delimiter} is empty");
    Map<String, Object> statement =
        Map.of("Effect", "Deny", "Action", "*", "Resource", "arn:aws:s3:::docs/${s3:delimiter}");
    Policy policy = Policy.ofStatements("test", PolicyType.IDENTITY_BASED, List.of(statement));
    assertThatThrownBy(() -> Evaluator.decide(empty(), List.of(policy), List.of()))
        .hasMessage("test/1: ${s3:delimiter} is empty: empty values are not supported");
  }

  private static Request empty() {
    return request("s3:delimiter", "").with("s3:prefix", "");
  }

  @Test
  void nobodyChoosesWhatAwsSaysAboutThePrincipal() {
    Request request = request("aws:PrincipalTag/team", "blue").with("aws:PrincipalAccount", "2");
    assertThat(request.context())
        .containsEntry("aws:PrincipalTag/team", List.of("red"))
        .containsEntry("aws:PrincipalAccount", List.of(Cases.ACCOUNT_A));
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals, aws:PrincipalOrgID, o-1, o-1, true",
    "StringEquals, aws:PrincipalOrgID, o-1, o-2, false",
    "ForAnyValue:StringLike, aws:PrincipalOrgPaths, o-1/*, o-1/r/ou/, true",
    "ForAnyValue:StringEquals, aws:PrincipalServiceNamesList, a.b, a.c, false",
    "ForAnyValue:StringEquals, aws:PrincipalServiceNamesList, a.b, a.b, true",
  })
  void whatARequestSaysOfThePrincipalsOrganizationIsCompared(
      String operator, String key, String policy, String given, boolean expected) {
    assertThat(decide(Map.of(operator, Map.of(key, policy)), request(key, given)).isAllowed())
        .isEqualTo(expected);
  }

  private static boolean holds(String operator, String policy, String given) {
    List<String> values =
        List.of(policy.startsWith("${") ? new String[] {policy} : policy.split(","));
    String key = keyFor(operator);
    Request request = given.equals("-") ? request() : request(key, given.split(","));
    return decide(Map.of(operator, Map.of(key, values)), request).isAllowed();
  }

  /** A key whose values the operator compares. */
  private static String keyFor(String operator) {
    String name = operator.replaceFirst(".*:", "");
    if (name.startsWith("String")) {
      return name.equals(operator) ? "s3:prefix" : "aws:TagKeys";
    }
    return switch (name.replaceFirst("(?<=[a-z])[A-Z].*", "")) {
      case "Arn" -> "aws:SourceArn";
      case "Bool" -> "aws:SecureTransport";
      case "Numeric" -> "s3:max-keys";
      case "Date" -> "aws:CurrentTime";
      case "Ip", "Not" -> "aws:SourceIp";
      default -> "s3:prefix";
    };
  }

  private static Request request(String key, String... values) {
    return request().with(key, values);
  }

  private static Request request() {
    return Cases.request("A/Role team=red star=*", "s3:GetObject", "arn:aws:s3:::docs/a", "-");
  }

  private static Decision decide(Map<String, Object> condition, Request request) {
    Map<String, Object> statement =
        Map.of("Effect", "Allow", "Action", "*", "Resource", "*", "Condition", condition);
    Policy policy = Policy.ofStatements("test", PolicyType.IDENTITY_BASED, List.of(statement));
    return Evaluator.decide(request, List.of(policy), List.of());
  }
}
