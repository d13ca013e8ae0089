package rediscover.local.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.DefaultLocale;
import rediscover.local.StartException;
import rediscover.local.TestStack;
import rediscover.permissions.template.TemplateException;

class ApplicationReaderTest {

  @TempDir private Path home;

  private String functions;

  @BeforeEach
  void aFunctionWithItsRole() {
    functions =
        """
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          XApiUrl: {Type: String}
          SiteOrigin: {Type: String}
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: '2012-10-17'
                Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
          Topic:
            Type: AWS::SNS::Topic
          Queue:
            Type: AWS::SQS::Queue
          WorkerFunction:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: .
              Runtime: java25
              Handler: example.Worker::handleRequest
              Role: !GetAtt Role.Arn
        """;
  }

  @Test
  void readsTheTemplateWithAKey() {
    TestStack stack = TestStack.readWithKey(home);

    HttpApiSpec api = stack.application().apis().getFirst();
    assertThat(api.authorizers().keySet())
        .containsExactly(api.routes().getFirst().key())
        .containsExactly("GET /u/{name}");
    FunctionSpec checker = stack.function("KeyCheckerFunction");
    assertThat(api.authorizers().get("GET /u/{name}").function()).isEqualTo(checker.arn());
    assertThat(checker.code().environment()).isEqualTo(Map.of("ACCESS_KEY_PARAM", "ACCESS_KEY"));
  }

  @Test
  void readsTheTemplateThatIsDeployed() {
    TestStack stack = TestStack.read(home);
    Application application = stack.application();

    assertThat(application.functions())
        .extracting(FunctionSpec::module)
        .containsExactly("random-like", "topic-writer", "queue-writer", "archive-importer");
    FunctionSpec topicWriter = stack.function("TopicWriterFunction");
    assertThat(topicWriter.code().handler())
        .isEqualTo("rediscover.topicwriter.TopicWriterHandler::handleRequest");
    assertThat(topicWriter.code().timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(topicWriter.code().memoryMegabytes()).isEqualTo(512);
    assertThat(topicWriter.asynchronous().retries()).isEqualTo(2);
    assertThat(topicWriter.logging().level()).contains("INFO");
    assertThat(topicWriter.asynchronous().onFailure()).contains(stack.queueArn("DeadLetterQueue"));
    assertThat(topicWriter.code().environment())
        .isEqualTo(Map.of("LIKES_TABLE", application.tables().getFirst().name()));
    assertThat(application.apis().getFirst().routes())
        .containsExactly(new Route("GET", "/u/{name}", stack.function("RandomLikeFunction").arn()));
    assertThat(application.apis().getFirst().authorizers()).isEmpty();
    assertThat(application.mappings())
        .containsExactly(
            new EventSourceMapping(
                stack.queueArn("LikesQueue"),
                stack.function("QueueWriterFunction").arn(),
                10,
                true));
    assertThat(application.subscriptions())
        .extracting(Subscription::topic, Subscription::function, Subscription::deadLetters)
        .containsExactly(
            tuple(
                stack.topicArn(),
                topicWriter.arn(),
                Optional.of(stack.queueArn("DeadLetterQueue"))));
  }

  /** A Turkish i is another letter than that of a folder's name. */
  @Test
  @DefaultLocale("tr")
  void itIsReadTheSameInEveryLanguage() {
    assertThat(TestStack.read(home).function("ArchiveImporterFunction").module())
        .isEqualTo("archive-importer");
  }

  @Test
  void everyFunctionHasKeysOfItsOwn() {
    List<String> keys =
        TestStack.read(home).application().functions().stream()
            .map(function -> function.session().accessKeyId())
            .toList();

    assertThat(keys).hasSize(4).doesNotHaveDuplicates().allMatch(key -> key.startsWith("ASIA"));
  }

  @Test
  void whatIsNotSaidIsAsLambdaHasIt() {
    FunctionSpec worker = TestStack.read(home, functions).function("WorkerFunction");

    assertThat(worker.code().memoryMegabytes()).isEqualTo(128);
    assertThat(worker.code().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(worker.asynchronous().retries()).isEqualTo(2);
    assertThat(worker.asynchronous().onFailure()).isEmpty();
    assertThat(worker.logging().format()).isEqualTo("Text");
    assertThat(worker.logging().group()).isEqualTo("/aws/lambda/" + worker.name());
  }

  @Test
  void aResourceTypeThatIsNotPlayedIsRefusedByName() {
    assertRefused(
        """
          Stream:
            Type: AWS::Kinesis::Stream
        """,
        "Stream",
        "AWS::Kinesis::Stream");
  }

  @Test
  void aPropertyThatIsNotPlayedIsRefusedByName() {
    assertRefused(
        """
          Slow:
            Type: AWS::SQS::Queue
            Properties:
              DelaySeconds: 30
        """,
        "Slow",
        "DelaySeconds");
  }

  @Test
  void aPropertyOfAnEventThatIsNotPlayedIsRefusedByName() {
    assertRefused(
        """
              Events:
                Published:
                  Type: SNS
                  Properties:
                    Topic: !Ref Topic
                    FilterPolicy: {kind: [like]}
        """,
        "Published",
        "FilterPolicy");
  }

  @Test
  void anEventTypeThatIsNotPlayedIsRefusedByName() {
    assertRefused(
        """
              Events:
                EveryDay:
                  Type: Schedule
                  Properties:
                    Schedule: rate(1 day)
        """,
        "EveryDay",
        "Schedule");
  }

  @Test
  void aSubscriptionOfSomethingElseThanAFunctionIsRefused() {
    assertRefused(
        """
          Mail:
            Type: AWS::SNS::Subscription
            Properties:
              TopicArn: !Ref Topic
              Protocol: email
              Endpoint: somebody@example.com
        """,
        "Mail",
        "Protocol");
  }

  @Test
  void anEventSourceMappingMayStandBeforeItsFunction() {
    String mappingFirst =
        functions.replace(
            "Resources:",
            """
            Resources:
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  FunctionName: !Ref WorkerFunction
                  EventSourceArn: !GetAtt Queue.Arn
            """
                .stripTrailing());

    TestStack stack = TestStack.read(home, mappingFirst);

    assertThat(stack.application().mappings())
        .extracting(EventSourceMapping::queue, EventSourceMapping::function)
        .containsExactly(tuple(stack.queueArn("Queue"), stack.function("WorkerFunction").arn()));
  }

  @Test
  void aFunctionThatIsNotBuiltIsNamed() {
    String other = functions.replace("WorkerFunction", "NeverBuiltFunction");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TestStack.read(home, other))
        .withMessageContaining("functions/never-built is not built");
  }

  private void assertRefused(String more, String... named) {
    assertThatThrownBy(() -> TestStack.read(home, functions + more))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll(named);
  }
}
