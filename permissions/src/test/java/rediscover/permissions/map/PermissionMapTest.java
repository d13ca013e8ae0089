package rediscover.permissions.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.map.PermissionMap.Access;
import rediscover.permissions.map.PermissionMap.Arrow;
import rediscover.permissions.map.PermissionMap.FunctionNode;
import rediscover.permissions.map.PermissionMap.Redrive;
import rediscover.permissions.map.PermissionMap.ResourceNode;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

class PermissionMapTest {

  private static final Path TEMPLATE = Path.of("..", "template.yaml");
  private static final Path OTHER_ACCOUNT = Path.of("..", "templates", "other-account.yaml");
  private static final Path DEVELOPERS = Path.of("..", "templates", "developer-access.yaml");
  private static final Map<String, String> WITH_KEY = Map.of("AccessKeyParam", "ACCESS_KEY");
  private static final Path SITE = Path.of("..", "public");

  @Test
  void theCommittedMapIsTheTemplates() throws IOException {
    assertThat(Files.readString(SITE.resolve("permissions.json")))
        .as("mvn -pl permissions process-classes exec:exec@permission-map writes it anew")
        .isEqualTo(PermissionMapFile.json(PermissionMapFile.oneAccount(TEMPLATE, DEVELOPERS)));
  }

  @Test
  void theCommittedMapOfTwoAccountsIsTheTemplates() throws IOException {
    assertThat(Files.readString(SITE.resolve("permissions-two-accounts.json")))
        .as("mvn -pl permissions process-classes exec:exec@permission-map writes it anew")
        .isEqualTo(PermissionMapFile.json(PermissionMapFile.twoAccounts(TEMPLATE, OTHER_ACCOUNT)));
  }

  @Test
  void anotherAccountsQueueIsAllowedByBothSides() {
    FunctionNode queueWriter = ofTwoAccounts().functions().get(2);
    assertThat(queueWriter.invokedBy().getLast().other().foreign()).isTrue();
    assertThat(queueWriter.invokedBy().getLast().statements())
        .containsExactly(
            "QueueWriterRole/PollTheOtherQueue", "LikesQueuePolicy/LetTheQueueWriterPoll");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LikesTopicPolicy/LetAccountASubscribe  | account 123456789012            | Account 123456789012 may subscribe to, list the subscriptions of and receive from the topic LikesTopic of account 210987654321.
          LikesQueuePolicy/LetTheQueueWriterPoll | role rediscover-QueueWriterRole | The role rediscover-QueueWriterRole of account 123456789012 may change the visibility of messages in, delete messages from, receive messages from and read the attributes of the queue LikesQueue of account 210987654321.
          """)
  void theMapSaysWhatTheOtherAccountAllows(String statement, String who, String sentence) {
    Access access =
        ofTwoAccounts().resources().stream()
            .flatMap(node -> node.access().stream())
            .filter(candidate -> candidate.statements().contains(statement))
            .findFirst()
            .orElseThrow();
    assertThat(access.who()).isEqualTo(who);
    assertThat(access.sentence()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          random-like      | push | route  | GET /u/*      | API Gateway may invoke random-like, but only for the route GET /u/*, on any stage of this API.
          key-checker      | push | authorizer | LikesHttpApi | API Gateway may invoke key-checker, but only as the authorizer of LikesHttpApi.
          topic-writer     | push | topic  | LikesTopic    | SNS may invoke topic-writer, but only for the topic LikesTopic.
          queue-writer     | pull | queue  | LikesQueue    | Lambda polls the queue LikesQueue with the execution role of queue-writer. Nothing else may invoke the function.
          archive-importer | push | bucket | ArchiveBucket | S3 may invoke archive-importer, but only for the bucket ArchiveBucket.
          """)
  void theMapSaysWhoMayInvokeAFunction(
      String function, String mode, String kind, String name, String sentence) {
    Arrow arrow = function(WITH_KEY, function).invokedBy().getFirst();
    assertThat(arrow.mode()).isEqualTo(mode);
    assertThat(arrow.other().kind()).isEqualTo(kind);
    assertThat(arrow.other().name()).isEqualTo(name);
    assertThat(arrow.sentence()).isEqualTo(sentence);
    assertThat(arrow.statements()).hasSize(1);
  }

  @Test
  void theMapSaysWhatAFunctionMayCall() {
    assertThat(function(Map.of(), "queue-writer").mayCall())
        .extracting(Arrow::sentence)
        .containsExactly(
            "queue-writer may receive messages from, delete messages from and read the"
                + " attributes of the queue LikesQueue.",
            "queue-writer may put items into the table LikesTable.",
            "queue-writer may create log streams in and write log events to the log group QueueWriterLogGroup.");
    assertThat(function(Map.of(), "random-like").mayCall())
        .extracting(Arrow::sentence)
        .contains("random-like may read the parameter TWITTER_AUTH.");
  }

  @Test
  void whatHasToBeAskedForIsMarked() {
    assertThat(PermissionMapFile.oneAccount(TEMPLATE, DEVELOPERS).functions())
        .filteredOn(function -> function.onlyWith() != null)
        .extracting(FunctionNode::id, FunctionNode::onlyWith)
        .containsExactly(tuple("KeyCheckerFunction", "AccessKeyParam"));
    assertThat(ofTwoAccounts().functions()).extracting(FunctionNode::onlyWith).containsOnlyNulls();
  }

  @Test
  void anotherAccountsQueueIsNotAllowedByOneSideAlone() {
    String queue = "arn:aws:sqs:us-east-1:210987654321:likes";
    Arrow arrow = function(Map.of("LikesQueueArn", queue), "queue-writer").invokedBy().getLast();
    assertThat(arrow.other().account()).isEqualTo("210987654321");
    assertThat(arrow.other().name()).isEqualTo("likes");
    assertThat(arrow.statements()).isEmpty();
  }

  @Test
  void anotherAccountsTopicIsAllowedByTheFunctionsPolicy() {
    String topic = "arn:aws:sns:us-east-1:210987654321:likes";
    Arrow arrow = function(Map.of("LikesTopicArn", topic), "topic-writer").invokedBy().getLast();
    assertThat(arrow.statements()).containsExactly("TopicWriterFunction/OtherTopicPermission");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DeadLetterQueue | SNS       | SNS may send messages to the queue DeadLetterQueue, but only for the topic LikesTopic.
          ArchiveBucket   | Everybody | Nobody may do anything with the bucket ArchiveBucket over plain HTTP. An explicit deny overrides every allow.
          """)
  void theMapSaysWhatThePoliciesOfQueuesAndBucketsSay(String name, String who, String sentence) {
    Access access = resource(name).access().getFirst();
    assertThat(access.who()).isEqualTo(who);
    assertThat(access.sentence()).isEqualTo(sentence);
  }

  @Test
  void theMapSaysWhereAQueueHandsOverWhatFailed() {
    Redrive redrive = resource("LikesQueue").redrive();
    assertThat(redrive.to().name()).isEqualTo("DeadLetterQueue");
    assertThat(redrive.receives()).isEqualTo(5);
  }

  @Test
  void everyFunctionsRoleSaysWhoMayAssumeIt() {
    assertThat(map(Map.of()).functions())
        .allSatisfy(
            function ->
                assertThat(function.trust())
                    .containsExactly(function.role() + "/trust/LambdaRunsAsThisRole"));
  }

  private static ResourceNode resource(String name) {
    return map(Map.of()).resources().stream()
        .filter(node -> node.resource().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FunctionNode function(Map<String, String> parameters, String name) {
    return map(parameters).functions().stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static PermissionMap ofTwoAccounts() {
    return PermissionMapFile.twoAccounts(TEMPLATE, OTHER_ACCOUNT);
  }

  private static PermissionMap map(Map<String, String> parameters) {
    Deployment deployment = Deployment.onAws("rediscover", "us-east-1", "123456789012");
    return Drawing.of(List.of(Template.read(TEMPLATE, deployment, parameters)), Map.of(), Map.of());
  }
}
