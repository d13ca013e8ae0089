package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.permissions.Permissions;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;
import rediscover.scenarios.Needs.Tool;

/** Every statement of template.yaml is needed: without it something is refused that has to work. */
@Order(2)
class PermissionsIT {

  /**
   * What a statement is for.
   *
   * @param statement its id
   * @param use makes use of it, for a user of that name
   * @param refused the action that is refused without it
   */
  record Need(String statement, Consumer<String> use, String refused) {
    @Override
    public String toString() {
      return statement + " is needed for " + refused;
    }
  }

  @TempDir static Path data;

  static Stage stage;
  static Doors doors;
  static LivePermissions permissions;

  @BeforeAll
  static void start() throws IOException {
    stage = EmbeddedStage.startWithKey(data, 2);
    doors = new Doors(stage);
    permissions = new LivePermissions(stage.awsEndpoint());
  }

  @AfterAll
  static void stop() {
    permissions.close();
    doors.close();
    stage.close();
  }

  @AfterEach
  void restoreAll() {
    permissions.reset();
  }

  static Stream<Need> needs() {
    Consumer<String> ask = user -> stage.get("/u/" + user, withKey());
    // Written otherwise each time, so that the API has to ask the key-checker.
    Consumer<String> showKey =
        user ->
            stage.get("/u/" + user, Map.of("Authorization", "Bearer " + user + UUID.randomUUID()));
    Consumer<String> askLive =
        user -> {
          stage.x().hasLikes(user, Some.tweetIds(3));
          ask.accept(user);
        };
    Consumer<String> publish = user -> doors.publish(Some.message(user, Some.tweetIds(1)));
    Consumer<String> publishPoison = user -> doors.publish("{\"user\":\"" + user + "\"}");
    Consumer<String> publishToNobody =
        user -> {
          permissions.switchOff("TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission");
          publish.accept(user);
        };
    Consumer<String> publishThere =
        user ->
            doors.publishTo(stage.output("OtherTopicArn"), Some.message(user, Some.tweetIds(1)));
    Consumer<String> publishToNobodyThere =
        user -> {
          permissions.switchOff("TopicWriterFunction/OtherTopicPermission");
          publishThere.accept(user);
        };
    Consumer<String> send = user -> doors.send(Some.message(user, Some.tweetIds(1)));
    Consumer<String> upload =
        user -> doors.upload(user + "/like.js", Some.archive(0, Some.tweetIds(1)).getBytes(UTF_8));
    Consumer<String> uploadPoison = user -> doors.upload(user + "/like.js", new byte[] {1, 2, 3});
    return Stream.of(
        new Need(
            "RandomLikeFunction/RandomLikeFunctionLikeWantedPermission",
            ask,
            "lambda:InvokeFunction"),
        new Need("RandomLikeRole/trust/LambdaRunsAsThisRole", ask, "sts:AssumeRole"),
        new Need("RandomLikeRole/PickALike", ask, "dynamodb:Query"),
        new Need("RandomLikeRole/ReadTheCredentials", askLive, "ssm:GetParameter"),
        new Need("RandomLikeRole/SendThePageToTheQueue", askLive, "sqs:SendMessage"),
        new Need("RandomLikeRole/WriteItsLog", ask, "logs:CreateLogStream"),
        new Need("KeyCheckerFunction/KeyCheckerPermission", showKey, "lambda:InvokeFunction"),
        new Need("KeyCheckerRole/trust/LambdaRunsAsThisRole", showKey, "sts:AssumeRole"),
        new Need("KeyCheckerRole/ReadTheKey", showKey, "ssm:GetParameter"),
        new Need("KeyCheckerRole/WriteItsLog", showKey, "logs:CreateLogStream"),
        new Need(
            "TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission",
            publish,
            "lambda:InvokeFunction"),
        new Need("TopicWriterRole/trust/LambdaRunsAsThisRole", publish, "sts:AssumeRole"),
        new Need("TopicWriterRole/StoreLikes", publish, "dynamodb:PutItem"),
        new Need("TopicWriterRole/KeepWhatFailed", publishPoison, "sqs:SendMessage"),
        new Need("TopicWriterRole/WriteItsLog", publish, "logs:CreateLogStream"),
        new Need(
            "DeadLetterQueuePolicy/KeepWhatTheTopicCannotDeliver",
            publishToNobody,
            "sqs:SendMessage"),
        new Need("QueueWriterRole/trust/LambdaRunsAsThisRole", send, "sts:AssumeRole"),
        new Need("QueueWriterRole/PollTheQueue", send, "sqs:ReceiveMessage"),
        new Need("QueueWriterRole/StoreLikes", send, "dynamodb:PutItem"),
        new Need("QueueWriterRole/WriteItsLog", send, "logs:CreateLogStream"),
        new Need("TopicWriterFunction/OtherTopicPermission", publishThere, "lambda:InvokeFunction"),
        new Need("LikesTopicPolicy/LetAccountASubscribe", publishThere, "sns:Subscribe"),
        new Need(
            "DeadLetterQueuePolicy/KeepWhatTheOtherTopicCannotDeliver",
            publishToNobodyThere,
            "sqs:SendMessage"),
        new Need("QueueWriterRole/PollTheOtherQueue", send, "sqs:ReceiveMessage"),
        new Need("LikesQueuePolicy/LetTheQueueWriterPoll", send, "sqs:ReceiveMessage"),
        new Need(
            "ArchiveImporterFunction/ArchiveImporterBucketPermission",
            upload,
            "lambda:InvokeFunction"),
        new Need("ArchiveImporterRole/trust/LambdaRunsAsThisRole", upload, "sts:AssumeRole"),
        new Need("ArchiveImporterRole/ReadArchives", upload, "s3:GetObject"),
        new Need("ArchiveImporterRole/SendLikesToTheQueue", upload, "sqs:SendMessage"),
        new Need("ArchiveImporterRole/KeepWhatFailed", uploadPoison, "sqs:SendMessage"),
        new Need("ArchiveImporterRole/WriteItsLog", upload, "logs:CreateLogStream"));
  }

  private static Map<String, String> withKey() {
    return Map.of("Authorization", "Bearer " + stage.output("AccessKey"));
  }

  @ParameterizedTest
  @MethodSource("needs")
  void withoutAStatementSomethingIsRefused(Need need) {
    permissions.switchOff(need.statement());
    int before = permissions.seen().size();

    need.use().accept(Some.user());

    doors.eventually(
        () ->
            assertThat(permissions.seen().stream().skip(before))
                .anySatisfy(
                    access -> {
                      assertThat(access.allowed()).isFalse();
                      assertThat(access.action()).isEqualTo(need.refused());
                      assertThat(access.wouldAllow()).contains(need.statement());
                      assertThat(access.missing()).startsWith("because no ");
                    }));
  }

  @Test
  void everyStatementThatAllowsHasItsScenario() {
    Set<String> allowing = new TreeSet<>();
    for (Statement statement : bothStacks().statements()) {
      if (statement.effect() == Effect.ALLOW) {
        allowing.add(statement.id());
      }
    }

    assertThat(needs().map(Need::statement)).containsExactlyInAnyOrderElementsOf(allowing);
  }

  private static Permissions bothStacks() {
    Path home = Path.of(System.getProperty("home"));
    Template other =
        Template.read(
            home.resolve("templates/other-account.yaml"),
            Deployment.onAws("other", "us-east-1", "210987654321"),
            Map.of("QueueWriterRoleArn", "arn:aws:iam::123456789012:role/writer"));
    Template template =
        Template.read(
            home.resolve("template.yaml"),
            Deployment.onAws("rediscover", "us-east-1", "123456789012"),
            Map.of(
                "AccessKeyParam", "ACCESS_KEY",
                "LikesTopicArn", other.outputs().get("TopicArn"),
                "LikesQueueArn", other.outputs().get("QueueArn")));
    return Permissions.of(template).and(Permissions.of(other));
  }

  @Test
  void withoutAStatementOfTheKeyCheckerNobodyIsAnswered() {
    String user = Some.user();
    for (String statement :
        List.of(
            "KeyCheckerFunction/KeyCheckerPermission",
            "KeyCheckerRole/trust/LambdaRunsAsThisRole",
            "KeyCheckerRole/ReadTheKey")) {
      permissions.switchOff(statement);
      // The right key, in a way that the API does not remember.
      String spaces = " ".repeat(2 + statement.length());
      HttpAnswer answer =
          stage.get(
              "/u/" + user, Map.of("Authorization", "Bearer" + spaces + stage.output("AccessKey")));

      assertThat(answer.status()).as(statement).isEqualTo(500);
      permissions.reset();
    }
  }

  @Test
  void withoutTheTopicsPermissionNothingArrivesAndTheMessageIsKept() {
    String user = Some.user();
    permissions.switchOff("TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission");

    doors.publish(Some.message(user, Some.tweetIds(1)));

    doors.eventuallyBuries(user);
    assertThat(doors.stored(user)).isEmpty();
  }

  /**
   * The ways into the dead-letter queue that SQS, SNS and Lambda take, each with its own envelope.
   */
  @Needs(Tool.AWS_COMMAND)
  @ParameterizedTest
  @CsvSource({
    "the queue, QueueWriterRole/StoreLikes, false",
    "the topic, TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission, true",
    "the function, TopicWriterRole/StoreLikes, true",
  })
  void whatFailedIsStoredOnceItIsMovedByTheCommand(
      String origin, String statement, boolean published) throws Exception {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);
    permissions.switchOff(statement);
    if (published) {
      doors.publish(Some.message(user, tweets));
    } else {
      doors.send(Some.message(user, tweets));
    }
    doors.eventuallyBuries(user);
    assertThat(doors.stored(user)).isEmpty();

    permissions.reset();
    RedriveCommand.Outcome run =
        RedriveCommand.run(stage, Map.of(), stage.output("DeadLetterQueueUrl"));

    assertThat(run.exitCode()).as("from %s: %s", origin, run.output()).isZero();
    doors.eventuallyStores(user, tweets);
    assertThat(doors.deadLetterWith(user)).isEmpty();
  }

  @Test
  void whatFailedForLackOfAPermissionIsStoredOnceItIsGrantedAndRedriven() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(2);
    permissions.switchOff("TopicWriterRole/StoreLikes");
    doors.publish(Some.message(user, tweets));
    doors.eventuallyBuries(user);
    assertThat(doors.stored(user)).isEmpty();

    permissions.reset();
    doors.redrive();

    doors.eventuallyStores(user, tweets);
  }
}
