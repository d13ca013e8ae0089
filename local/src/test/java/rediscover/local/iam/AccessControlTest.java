package rediscover.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.TestStack;
import rediscover.local.application.EventSourceMapping;

class AccessControlTest {

  private static final String STORE = "TopicWriterRole/StoreLikes";
  private static final String PUSH =
      "TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission";

  @TempDir private Path home;

  private TestStack stack;
  private AccessControl access;
  private String topicWriter;
  private final List<AccessEvent> events = new ArrayList<>();
  private final List<String> switches = new ArrayList<>();

  @BeforeEach
  void read() {
    stack = TestStack.read(home);
    access = stack.access();
    topicWriter = stack.function("TopicWriterFunction").arn();
    access.addListener(
        new AccessControl.Listener() {
          @Override
          public void decided(AccessEvent event) {
            events.add(event);
          }

          @Override
          public void switched(String id, Set<String> off) {
            switches.add(id + " leaves off " + off);
          }
        });
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
