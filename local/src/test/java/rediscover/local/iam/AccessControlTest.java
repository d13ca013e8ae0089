package rediscover.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.local.TestStack;
import rediscover.local.application.EventSourceMapping;

class AccessControlTest {

  private static final String SNS = "sns.amazonaws.com";
  private static final String STORE = "TopicWriterRole/StoreLikes";
  private static final String PUSH =
      "TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission";

  @TempDir private Path home;

  private TestStack stack;
  private AccessControl access;
  private String topicWriter;
  private final List<AccessEvent> events = new ArrayList<>();
  private final List<String> switches = new ArrayList<>();

  private final AccessControl.Listener listener =
      new AccessControl.Listener() {
        @Override
        public void decided(AccessEvent event) {
          events.add(event);
        }

        @Override
        public void switched(String id, Set<String> off) {
          switches.add(id + " leaves off " + off);
        }
      };

  @BeforeEach
  void read() {
    stack = TestStack.read(home);
    access = stack.access();
    topicWriter = stack.function("TopicWriterFunction").arn();
    access.addListener(listener);
  }

  @Test
  void aFunctionMayDoWhatItsRoleSays() {
    assertThat(access.refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn())).isEmpty();

    assertThat(events).hasSize(1);
    AccessEvent event = events.getFirst();
    assertThat(event.kind()).isEqualTo("call");
    assertThat(event.function()).isEqualTo("TopicWriterFunction");
    assertThat(event.allowed()).isTrue();
    assertThat(event.statements()).containsExactly(STORE);
    assertThat(event.missing()).isEmpty();
    assertThat(event.wouldAllow()).isEmpty();
  }

  @Test
  void whatItsRoleDoesNotSayIsRefusedInTheWordsOfAws() {
    assertThat(access.refuseCall(topicWriter, "dynamodb:GetItem", stack.tableArn()))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .matches(
                        "User: arn:aws:sts::123456789012:assumed-role/[^/]+/[^ ]+ is not authorized"
                            + " to perform: dynamodb:GetItem on resource: "
                            + stack.tableArn()
                            + " because no identity-based policy allows the dynamodb:GetItem"
                            + " action"));

    assertThat(events.getFirst().allowed()).isFalse();
    assertThat(events.getFirst().statements()).isEmpty();
    assertThat(events.getFirst().missing())
        .isEqualTo("because no identity-based policy allows the dynamodb:GetItem action");
    assertThat(events.getFirst().wouldAllow()).isEmpty();
  }

  @Test
  void aServiceMayInvokeForTheSourceThatThePolicyNamesAndForNoOther() {
    String sns = "sns.amazonaws.com";

    assertThat(access.refuseInvocation(topicWriter, new Source(sns, stack.topicArn()))).isEmpty();
    assertThat(access.refuseInvocation(topicWriter, new Source(sns, stack.topicArn() + "2")))
        .isPresent();
    assertThat(
            access.refuseInvocation(topicWriter, new Source("s3.amazonaws.com", stack.bucketArn())))
        .isPresent();
    assertThat(
            access.refuseInvocation(
                stack.function("QueueWriterFunction").arn(), new Source(sns, stack.topicArn())))
        .isPresent();
    assertThat(events.getFirst())
        .extracting(AccessEvent::kind, AccessEvent::by, AccessEvent::statements)
        .containsExactly("invoke", sns, List.of(PUSH));
  }

  @Test
  void anArchiveIsReadThoughPlainHttpIsDenied() {
    String importer = stack.function("ArchiveImporterFunction").arn();
    String object = stack.bucketArn() + "/me/like.js";

    assertThat(access.refuseCall(importer, "s3:GetObject", object)).isEmpty();
    assertThat(access.refuseCall(importer, "s3:PutObject", object)).isPresent();
  }

  @Test
  void theRoleIsTakenWithoutAWordAndRefusedWithOne() {
    assertThat(access.refuseRole(topicWriter)).isEmpty();
    assertThat(events).isEmpty();

    access.switchStatement("TopicWriterRole/trust/LambdaRunsAsThisRole", false);

    assertThat(access.refuseRole(topicWriter)).isPresent();
    assertThat(events).singleElement().extracting(AccessEvent::action).isEqualTo("sts:AssumeRole");
  }

  @Test
  void theTopicMayKeepInTheDeadLetterQueueWhatItCouldNotDeliver() {
    var topic = new Source("sns.amazonaws.com", stack.topicArn());

    assertThat(access.refuseDelivery(stack.queueArn("DeadLetterQueue"), topic)).isEmpty();
    assertThat(access.refuseDelivery(stack.queueArn("LikesQueue"), topic)).isPresent();
    assertThat(events).extracting(AccessEvent::kind).containsOnly("deliver");
  }

  @Test
  void eachSourceInvokesWhatItNamesOfAFunctionWithAnAlias() {
    String aliased =
        TestStack.text("template.yaml")
            .replace(
                "      Description: Stores the likes that a topic pushes.\n",
                "      Description: Stores the likes that a topic pushes.\n"
                    + "      AutoPublishAlias: live\n");
    TestStack both = TestStack.readTwoAccounts(home, aliased);
    both.access().addListener(listener);
    // SAM's event invokes the alias; the subscription that is written out invokes the function.
    for (String topic : both.application().topics()) {
      assertThat(both.access().refuseInvocation(topicWriter, new Source(SNS, topic))).isEmpty();
    }
    assertThat(events)
        .extracting(AccessEvent::source, AccessEvent::resource)
        .containsExactly(
            tuple(both.application().topics().getFirst(), topicWriter + ":live"),
            tuple(both.application().topics().getLast(), topicWriter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          StringEquals: {'aws:RequestedRegion': us-east-1}              | true
          StringNotEquals: {'aws:RequestedRegion': us-east-1}           | false
          DateGreaterThan: {'aws:CurrentTime': '2020-01-01T00:00:00Z'}  | true
          DateLessThan: {'aws:CurrentTime': '2020-01-01T00:00:00Z'}     | false
          NumericGreaterThan: {'aws:EpochTime': '1577836800'}           | true
          Bool: {'aws:SecureTransport': 'true'}                         | true
          Bool: {'aws:ViaAWSService': 'true'}                           | false
          IpAddress: {'aws:SourceIp': 127.0.0.0/8}                      | true
          NotIpAddress: {'aws:SourceIp': 127.0.0.0/8}                   | false
          StringEquals: {'aws:PrincipalAccount': '123456789012'}        | true
          ArnLike: {'aws:PrincipalArn': 'arn:aws:iam::*:role/*Topic*'}  | true
          StringEquals: {'aws:ResourceAccount': '210987654321'}         | false
          'Null': {'aws:SourceVpc': 'true'}                             | true
          'Null': {'aws:CurrentTime': 'true'}                           | false
          """)
  void aDenyWithAConditionAppliesWhenItHolds(String condition, boolean denied) {
    String allow = "              - Sid: StoreLikes\n";
    String deny =
        """
                      - Sid: Guard
                        Effect: Deny
                        Action: '*'
                        Resource: '*'
                        Condition:
                          CONDITION
        """
            .replace("CONDITION", condition);
    TestStack guarded =
        TestStack.read(home, TestStack.text("template.yaml").replace(allow, deny + allow));

    assertThat(
            guarded
                .access()
                .refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn())
                .isPresent())
        .isEqualTo(denied);
  }

  @Test
  void aConditionThatTheRunCannotKnowEndsItWithItsPlace() {
    String template =
        TestStack.text("template.yaml")
            .replace(
                "              - Sid: StoreLikes\n",
                "              - Sid: StoreLikes\n"
                    + "                Condition: {StringEquals: {'aws:PrincipalOrgID': o-1}}\n");
    long line =
        template.lines().takeWhile(text -> !text.equals("              - Sid: StoreLikes")).count();

    assertThatThrownBy(() -> TestStack.read(home, template))
        .hasMessage(
            "template.yaml:%d: TopicWriterRole/StoreLikes: condition key aws:PrincipalOrgID is not"
                    .formatted(line + 1)
                + " supported: the embedded run does not know its value");
  }

  @Test
  void anEventSaysWhoRefusesAndForWhat() {
    TestStack both = TestStack.readTwoAccounts(home);
    both.access().addListener(listener);
    String topic = both.application().topics().getLast();
    String queue = both.application().mappings().getLast().queue();
    String writer = both.function("QueueWriterFunction").arn();
    for (String off :
        List.of(
            "LikesTopicPolicy/LetAccountASubscribe",
            "TopicWriterFunction/OtherTopicPermission",
            "LikesQueuePolicy/LetTheQueueWriterPoll",
            "QueueWriterRole/PollTheOtherQueue")) {
      both.access().switchStatement(off, false);
      if (off.contains("Topic")) {
        both.access().refuseSubscription(topicWriter, topic);
        both.access().refuseInvocation(topicWriter, new Source(SNS, topic));
      } else {
        both.access().refuseCall(writer, "sqs:ReceiveMessage", queue);
      }
      both.access().switchStatement(off, true);
    }
    assertThat(events)
        .filteredOn(event -> !event.allowed())
        .extracting(AccessEvent::source, AccessEvent::account, AccessEvent::wouldAllow)
        .containsExactly(
            tuple(topic, "210987654321", List.of("LikesTopicPolicy/LetAccountASubscribe")),
            tuple(topic, TestStack.ACCOUNT, List.of("TopicWriterFunction/OtherTopicPermission")),
            tuple("", "210987654321", List.of("LikesQueuePolicy/LetTheQueueWriterPoll")),
            tuple("", TestStack.ACCOUNT, List.of("QueueWriterRole/PollTheOtherQueue")));
  }

  @Test
  void aTopicOfAnotherAccountIsSubscribedToAsLongAsThatAccountLetsThisOne() {
    TestStack both = TestStack.readTwoAccounts(home);
    String other =
        both.application().topics().stream()
            .filter(topic -> !topic.contains(":" + TestStack.ACCOUNT + ":"))
            .findFirst()
            .orElseThrow();

    assertThat(both.access().refuseSubscription(topicWriter, other)).isEmpty();
    assertThat(both.access().refuseSubscription(topicWriter, stack.topicArn())).isEmpty();

    both.access().switchStatement("LikesTopicPolicy/LetAccountASubscribe", false);

    assertThat(both.access().refuseSubscription(topicWriter, other))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("sns:Subscribe", "because no resource-based policy allows"));
    assertThat(both.access().refuseSubscription(topicWriter, stack.topicArn())).isEmpty();
  }

  @Test
  void aQueueOfAnotherAccountIsPolledAsLongAsBothAccountsLetIt() {
    TestStack both = TestStack.readTwoAccounts(home);
    String writer = both.function("QueueWriterFunction").arn();
    String other =
        both.application().mappings().stream()
            .map(EventSourceMapping::queue)
            .filter(queue -> !queue.contains(":" + TestStack.ACCOUNT + ":"))
            .findFirst()
            .orElseThrow();

    assertThat(both.access().refuseCall(writer, "sqs:ReceiveMessage", other)).isEmpty();
    for (String half :
        List.of("LikesQueuePolicy/LetTheQueueWriterPoll", "QueueWriterRole/PollTheOtherQueue")) {
      both.access().switchStatement(half, false);
      assertThat(both.access().refuseCall(writer, "sqs:ReceiveMessage", other)).isPresent();
      both.access().switchStatement(half, true);
    }
  }

  @Test
  void aStatementThatIsOffAllowsNothingUntilItIsOnAgain() {
    access.switchStatement(STORE, false);
    assertThat(access.off()).containsExactly(STORE);
    assertThat(access.refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn())).isPresent();

    access.switchStatement(STORE, true);
    assertThat(access.off()).isEmpty();
    assertThat(access.refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn())).isEmpty();
  }

  @Test
  void aDenialNamesTheStatementThatIsOffAndWouldAllow() {
    access.switchStatement(STORE, false);
    access.switchStatement(PUSH, false);
    access.switchStatement("QueueWriterRole/StoreLikes", false);

    access.refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn());
    access.refuseInvocation(topicWriter, new Source("sns.amazonaws.com", stack.topicArn()));
    access.refuseCall(topicWriter, "dynamodb:Query", stack.tableArn());

    assertThat(events)
        .extracting(AccessEvent::wouldAllow)
        .containsExactly(List.of(STORE), List.of(PUSH), List.of());
  }

  @Test
  void aSwitchIsToldOnceWithAllThatAreOff() {
    access.switchStatement(STORE, false);
    access.switchStatement(STORE, false);
    access.switchStatement(PUSH, false);
    access.switchStatement(STORE, true);
    access.switchStatement(STORE, true);

    assertThat(switches)
        .containsExactly(
            STORE + " leaves off [" + STORE + "]",
            PUSH + " leaves off [" + STORE + ", " + PUSH + "]",
            STORE + " leaves off [" + PUSH + "]");
  }

  @Test
  void aResetPutsAllIntoForce() {
    access.switchStatement(STORE, false);
    access.switchStatement(PUSH, false);

    access.reset();

    assertThat(access.off()).isEmpty();
    assertThat(access.refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn())).isEmpty();
  }

  @Test
  void anIdThatIsNobodysIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> access.switchStatement("TopicWriterRole/Nothing", false))
        .withMessageContaining("TopicWriterRole/Nothing");
    assertThat(access.off()).isEmpty();
    assertThat(switches).isEmpty();
  }

  @Test
  void aListenerThatLeftHearsNothing() {
    var left = new ArrayList<String>();
    var listener =
        new AccessControl.Listener() {
          @Override
          public void decided(AccessEvent event) {
            left.add(event.action());
          }

          @Override
          public void switched(String id, Set<String> off) {
            left.add(id);
          }
        };
    access.addListener(listener);
    access.removeListener(listener);

    access.switchStatement(STORE, false);
    access.refuseCall(topicWriter, "dynamodb:PutItem", stack.tableArn());

    assertThat(left).isEmpty();
  }

  @Test
  void aStatementIsAboutTheFunctionThatHasTheRoleOrIsInvoked() {
    assertThat(access.functionsOf(STORE)).containsExactly(topicWriter);
    assertThat(access.functionsOf(PUSH)).containsExactly(topicWriter);
    assertThat(access.functionsOf("TopicWriterRole/WriteItsLog")).containsExactly(topicWriter);
  }

  @Test
  void aFunctionThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> access.refuseCall("arn:nobody", "dynamodb:PutItem", "*"))
        .withMessageContaining("arn:nobody");
  }
}
