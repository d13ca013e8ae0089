package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the two sides come together. */
class EvaluatorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # principal | the role's policies | the queue's policy (whom it is about) | outcome
          A/Role | none  | none          | no identity-based
          A/Role | Allow | none          | allowed
          A/Role | Deny  | none          | denied
          A/Role | none  | Allow role    | allowed
          A/Role | none  | Allow session | allowed
          A/Role | none  | Allow other   | no identity-based
          A/Role | none  | Allow account | no identity-based
          A/Role | none  | Allow root    | no identity-based
          A/Role | none  | Allow *       | allowed
          A/Role | none  | Allow aws*    | allowed
          A/Role | Allow | Allow account | allowed
          A/Role | Allow | Deny role     | denied
          A/Role | Allow | Deny session  | denied
          A/Role | Allow | Deny account  | denied
          A/Role | Allow | Deny *        | denied
          A/Role | Allow | Deny other    | allowed
          A/Role | Deny  | Allow role    | denied
          A/Role | Deny  | Allow *       | denied
          B/Role | none  | none          | no identity-based
          B/Role | Allow | none          | no resource-based
          B/Role | none  | Allow role    | no identity-based
          B/Role | none  | Allow *       | no identity-based
          B/Role | Allow | Allow role    | allowed
          B/Role | Allow | Allow session | allowed
          B/Role | Allow | Allow account | allowed
          B/Role | Allow | Allow root    | allowed
          B/Role | Allow | Allow *       | allowed
          B/Role | Allow | Allow other   | no resource-based
          B/Role | Allow | Deny account  | denied
          B/Role | Deny  | Allow role    | denied
          sns.amazonaws.com | none | none          | no resource-based
          sns.amazonaws.com | none | Allow service | allowed
          sns.amazonaws.com | none | Allow *       | allowed
          sns.amazonaws.com | none | Allow account | no resource-based
          sns.amazonaws.com | none | Deny service  | denied
          sns.amazonaws.com | none | Deny *        | denied
          s3.amazonaws.com  | none | Allow service | no resource-based
          """)
  void oneSideOrBothHaveToAllow(
      String principal, String identity, String resource, String expected) {
    Request request =
        Cases.request(principal, "sqs:SendMessage", "arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue", "-");
    List<Policy> identityPolicies =
        identity.equals("none")
            ? List.of()
            : List.of(policy(PolicyType.IDENTITY_BASED, identity, ""));
    List<Policy> resourcePolicies =
        resource.equals("none") ? List.of() : List.of(queuePolicy(principal, resource));

    Decision decision = Evaluator.decide(request, identityPolicies, resourcePolicies);

    assertThat(Cases.outcome(decision)).isEqualTo(expected);
  }

  @Test
  void aDecisionSaysWhyInTheWordsOfAws() {
    Request request =
        Cases.request(
            "A/path/Writer",
            "dynamodb:PutItem",
            "arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/T",
            "-");
    List<Policy> allow = List.of(policy(PolicyType.IDENTITY_BASED, "Allow", ""));
    List<Policy> deny = List.of(policy(PolicyType.IDENTITY_BASED, "Deny", ""));
    List<Policy> resourceDeny =
        List.of(policy(PolicyType.RESOURCE_BASED, "Deny", "\"Principal\": \"*\","));
    String denied =
        "User: arn:aws:sts::111111111111:assumed-role/Writer/session is not authorized to perform:"
            + " dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:111111111111:table/T";

    assertThat(Evaluator.decide(request, List.of(), List.of()).explain(request))
        .isEqualTo(denied + " because no identity-based policy allows the dynamodb:PutItem action");
    assertThat(Evaluator.decide(request, deny, List.of()).explain(request))
        .isEqualTo(denied + " with an explicit deny in an identity-based policy");
    assertThat(Evaluator.decide(request, allow, resourceDeny).explain(request))
        .isEqualTo(denied + " with an explicit deny in a resource-based policy");
    assertThat(Evaluator.decide(request, allow, List.of()).explain(request))
        .endsWith("because of policy/Only");
  }

  @Test
  void whatAllowsAcrossAccountsIsOneStatementOfEachSide() {
    Request request =
        Cases.request("B/Role", "sqs:SendMessage", "arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue", "-");
    Policy identity = policy(PolicyType.IDENTITY_BASED, "Allow", "");
    Policy resource = queuePolicy("B/Role", "Allow role");

    Decision decision = Evaluator.decide(request, List.of(identity), List.of(resource));

    assertThat(decision)
        .isEqualTo(
            new Decision.Allowed(
                List.of(identity.statements().getFirst(), resource.statements().getFirst())));
  }

  @Test
  void withoutTheStatementThatAllowsNothingIsAllowed() {
    Request request =
        Cases.request("A/Role", "sqs:SendMessage", "arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue", "-");
    Policy policy = policy(PolicyType.IDENTITY_BASED, "Allow", "");
    Policy less = policy.without(policy.statements().getFirst());
    assertThat(Evaluator.decide(request, List.of(less), List.of()).isAllowed()).isFalse();
  }

  @Test
  void aPolicyOnTheWrongSideIsRefused() {
    Request request =
        Cases.request("A/Role", "sqs:SendMessage", "arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue", "-");
    List<Policy> identity = List.of(policy(PolicyType.IDENTITY_BASED, "Allow", ""));
    List<Policy> resource = List.of(queuePolicy("A/Role", "Allow role"));
    assertThatThrownBy(() -> Evaluator.decide(request, resource, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Evaluator.decide(request, List.of(), identity))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Policy queuePolicy(String principal, String rule) {
    String account = "ACCOUNT-" + principal.charAt(0);
    String[] effectAndWhom = rule.split(" ");
    String whom =
        switch (effectAndWhom[1]) {
          case "*" -> "\"*\"";
          case "aws*" -> "{\"AWS\": \"*\"}";
          case "service" -> "{\"Service\": \"sns.amazonaws.com\"}";
          case "account" -> "{\"AWS\": \"" + account.replace("ACCOUNT-s", "ACCOUNT-A") + "\"}";
          case "root" -> "{\"AWS\": \"arn:aws:iam::" + account + ":root\"}";
          case "role" -> "{\"AWS\": \"arn:aws:iam::" + account + ":role/Role\"}";
          case "other" -> "{\"AWS\": \"arn:aws:iam::" + account + ":role/Other\"}";
          case "session" -> "{\"AWS\": \"arn:aws:sts::" + account + ":assumed-role/Role/session\"}";
          default -> throw new IllegalArgumentException(rule);
        };
    String principalElement = "\"Principal\": " + Cases.accounts(whom) + ",";
    return policy(PolicyType.RESOURCE_BASED, effectAndWhom[0], principalElement);
  }

  private static Policy policy(PolicyType type, String effect, String principal) {
    return Cases.parse(
        "policy",
        type,
        """
        {"Version": "2012-10-17", "Statement":
          {"Sid": "Only", "Effect": "%s", %s "Action": "*", "Resource": "*"}}
        """
            .formatted(effect, principal));
  }
}
