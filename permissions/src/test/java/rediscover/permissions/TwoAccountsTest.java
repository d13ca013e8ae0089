package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.policy.Cases;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/**
 * The application in account A, its other topic and queue in account B: across accounts both sides
 * have to allow it.
 */
class TwoAccountsTest {

  private static final Template A = Stacks.applicationOfTwoAccounts();
  private static final Template B = Stacks.otherAccount();

  /**
   * The principal that deploys in account A. CloudFormation subscribes in the name of this role.
   */
  private static final Role DEPLOYER =
      Role.of(
          "arn:aws:iam::" + Stacks.ACCOUNT_A + ":role/Deployer",
          Cases.policies(PolicyType.IDENTITY_BASED, "topic-subscriber"));

  /** Roles that may do everything as far as their own account is concerned. */
  private static final Role FREE_IN_A = roleThatMayDoEverything(Stacks.ACCOUNT_A);

  private static final Role FREE_ELSEWHERE = roleThatMayDoEverything("333333333333");

  private static final Permissions BOTH =
      Permissions.of(A)
          .and(Permissions.of(B))
          .and(new Permissions(List.of(), List.of(DEPLOYER, FREE_IN_A, FREE_ELSEWHERE), Map.of()));

  private static final String OTHER_TOPIC = B.resource("LikesTopic").arn();
  private static final String OTHER_QUEUE = B.resource("LikesQueue").arn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # taken away                             | A subscribes       | B's topic invokes  | A polls B's queue
          nothing                                  | allowed            | allowed            | allowed
          # push: the topic's access policy, and the function's resource-based policy
          LikesTopicPolicy/LetAccountASubscribe    | no resource-based  | allowed            | allowed
          TopicWriterFunction/OtherTopicPermission | allowed            | no resource-based  | allowed
          # pull: the queue's access policy, and the function's execution role
          LikesQueuePolicy/LetTheQueueWriterPoll   | allowed            | allowed            | no resource-based
          QueueWriterRole/PollTheOtherQueue        | allowed            | allowed            | no identity-based
          """)
  void eachOfTheFourPoliciesIsNeeded(
      String takenAway, String subscribes, String invokes, String polls) {
    Permissions left = takenAway.equals("nothing") ? BOTH : BOTH.without(takenAway);

    for (String action : List.of("sns:Subscribe", "sns:ListSubscriptionsByTopic")) {
      assertThat(outcome(left, call(DEPLOYER, action, OTHER_TOPIC, Stacks.ACCOUNT_B)))
          .isEqualTo(subscribes);
    }
    assertThat(outcome(left, invoke("TopicWriterFunction", OTHER_TOPIC))).isEqualTo(invokes);
    for (String action :
        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")) {
      assertThat(outcome(left, poll(action, OTHER_QUEUE, Stacks.ACCOUNT_B))).isEqualTo(polls);
    }

    String ownTopic = A.resource("LikesTopic").arn();
    String ownQueue = A.resource("LikesQueue").arn();
    assertThat(outcome(left, invoke("TopicWriterFunction", ownTopic))).isEqualTo("allowed");
    assertThat(outcome(left, poll("sqs:ReceiveMessage", ownQueue, Stacks.ACCOUNT_A)))
        .isEqualTo("allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LikesQueuePolicy/LetTheQueueWriterPoll | because no resource-based policy allows the sqs:ReceiveMessage action
          QueueWriterRole/PollTheOtherQueue      | because no identity-based policy allows the sqs:ReceiveMessage action
          """)
  void theDenialSaysWhichSideIsMissing(String takenAway, String reason) {
    Request request = poll("sqs:ReceiveMessage", OTHER_QUEUE, Stacks.ACCOUNT_B);
    assertThat(BOTH.without(takenAway).decide(request).explain(request))
        .isEqualTo(
            "User: arn:aws:sts::111111111111:assumed-role/rediscover-QueueWriterRole/"
                + "rediscover-QueueWriterFunction is not authorized to perform: sqs:ReceiveMessage on"
                + " resource: arn:aws:sqs:us-east-1:222222222222:companion-LikesQueue "
                + reason);
  }

  @Test
  void nobodyElseGetsIn() {
    for (Role role : List.of(FREE_IN_A, FREE_ELSEWHERE)) {
      assertThat(outcome(BOTH, call(role, "sqs:ReceiveMessage", OTHER_QUEUE, Stacks.ACCOUNT_B)))
          .isEqualTo("no resource-based");
      assertThat(outcome(BOTH, call(role, "sqs:SendMessage", OTHER_QUEUE, Stacks.ACCOUNT_B)))
          .isEqualTo("no resource-based");
      assertThat(outcome(BOTH, call(role, "sns:Publish", OTHER_TOPIC, Stacks.ACCOUNT_B)))
          .isEqualTo("no resource-based");
    }
    assertThat(outcome(BOTH, call(FREE_ELSEWHERE, "sns:Subscribe", OTHER_TOPIC, Stacks.ACCOUNT_B)))
        .isEqualTo("no resource-based");
    assertThat(outcome(BOTH, invoke("TopicWriterFunction", OTHER_TOPIC + "2")))
        .isEqualTo("no resource-based");
    assertThat(outcome(BOTH, invoke("QueueWriterFunction", OTHER_TOPIC)))
        .isEqualTo("no resource-based");
  }

  @Test
  void whatOneSideAloneAllowsIsDenied() {
    assertThat(outcome(BOTH, poll("sqs:ChangeMessageVisibility", OTHER_QUEUE, Stacks.ACCOUNT_B)))
        .isEqualTo("no identity-based");
  }

  @Test
  void whatTheOtherTopicCannotDeliverIsKeptInTheOwnDeadLetterQueue() {
    Request keep = fromTopic(OTHER_TOPIC, "sqs:SendMessage", A.resource("DeadLetterQueue").arn());
    assertThat(outcome(BOTH, keep)).isEqualTo("allowed");
    assertThat(
            outcome(BOTH.without("DeadLetterQueuePolicy/KeepWhatTheOtherTopicCannotDeliver"), keep))
        .isEqualTo("no resource-based");
  }

  @ParameterizedTest
  @CsvSource({
    "LikesTopicPolicy/LetAccountASubscribe, push-topic-cross-account",
    "LikesQueuePolicy/LetTheQueueWriterPoll, pull-queue-cross-account",
  })
  void theStatementsOfAccountBAllowTheDocumentedActions(String id, String documented) {
    Statement expected =
        Cases.policies(PolicyType.RESOURCE_BASED, documented).getFirst().statements().getFirst();
    Statement actual = BOTH.statement(id).orElseThrow();
    assertThat(actions(actual)).containsExactlyInAnyOrderElementsOf(actions(expected));
    assertThat(actual.conditions()).isEqualTo(expected.conditions());
  }

  private static List<String> actions(Statement statement) {
    return statement.actions().names().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private static String outcome(Permissions permissions, Request request) {
    return Cases.outcome(permissions.decide(request));
  }

  private static Request call(Role role, String action, String resource, String owner) {
    Principal session = new Principal.RoleSession(role.arn(), "session", Map.of());
    return Request.of(session, action, resource, owner);
  }

  private static Request poll(String action, String queue, String owner) {
    return Request.of(BOTH.session(BOTH.function("QueueWriterFunction")), action, queue, owner);
  }

  private static Request invoke(String function, String topic) {
    return fromTopic(topic, "lambda:InvokeFunction", BOTH.function(function).arn());
  }

  private static Request fromTopic(String topic, String action, String resource) {
    Principal sns = new Principal.Service("sns.amazonaws.com");
    return Request.of(sns, action, resource, Stacks.ACCOUNT_A).with("aws:SourceArn", topic);
  }

  private static Role roleThatMayDoEverything(String account) {
    String name = "FreeIn" + account;
    Map<String, String> everything = Map.of("Effect", "Allow", "Action", "*", "Resource", "*");
    Policy policy = Policy.ofStatements(name, PolicyType.IDENTITY_BASED, List.of(everything));
    return Role.of("arn:aws:iam::" + account + ":role/" + name, List.of(policy));
  }
}
