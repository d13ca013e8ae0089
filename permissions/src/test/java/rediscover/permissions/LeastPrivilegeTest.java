package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/**
 * Each statement of the application is needed, and nothing but what is written down here is
 * allowed: of every action of nine services, on every resource of the stack and on some that are
 * not in it, for every execution role, every service that invokes a function, and some that have no
 * business here.
 */
class LeastPrivilegeTest {

  /** Who may do what to which resource of template.yaml. */
  private static final String DESIGN =
      """
      RandomLikeFunction      | dynamodb:Query         | LikesTable
      RandomLikeFunction      | ssm:GetParameter       | TWITTER_AUTH
      RandomLikeFunction      | sqs:SendMessage        | LikesQueue
      TopicWriterFunction     | dynamodb:PutItem       | LikesTable
      TopicWriterFunction     | sqs:SendMessage        | DeadLetterQueue
      QueueWriterFunction     | sqs:ReceiveMessage     | LikesQueue
      QueueWriterFunction     | sqs:DeleteMessage      | LikesQueue
      QueueWriterFunction     | sqs:GetQueueAttributes | LikesQueue
      QueueWriterFunction     | dynamodb:PutItem       | LikesTable
      ArchiveImporterFunction | s3:GetObject           | ArchiveBucket, an object
      ArchiveImporterFunction | sqs:SendMessage        | LikesQueue
      ArchiveImporterFunction | sqs:SendMessage        | DeadLetterQueue

      RandomLikeFunction      | logs:CreateLogStream   | RandomLikeLogGroup
      RandomLikeFunction      | logs:PutLogEvents      | RandomLikeLogGroup
      RandomLikeFunction      | logs:CreateLogStream   | RandomLikeLogGroup, a stream
      RandomLikeFunction      | logs:PutLogEvents      | RandomLikeLogGroup, a stream
      TopicWriterFunction     | logs:CreateLogStream   | TopicWriterLogGroup
      TopicWriterFunction     | logs:PutLogEvents      | TopicWriterLogGroup
      TopicWriterFunction     | logs:CreateLogStream   | TopicWriterLogGroup, a stream
      TopicWriterFunction     | logs:PutLogEvents      | TopicWriterLogGroup, a stream
      QueueWriterFunction     | logs:CreateLogStream   | QueueWriterLogGroup
      QueueWriterFunction     | logs:PutLogEvents      | QueueWriterLogGroup
      QueueWriterFunction     | logs:CreateLogStream   | QueueWriterLogGroup, a stream
      QueueWriterFunction     | logs:PutLogEvents      | QueueWriterLogGroup, a stream
      ArchiveImporterFunction | logs:CreateLogStream   | ArchiveImporterLogGroup
      ArchiveImporterFunction | logs:PutLogEvents      | ArchiveImporterLogGroup
      ArchiveImporterFunction | logs:CreateLogStream   | ArchiveImporterLogGroup, a stream
      ArchiveImporterFunction | logs:PutLogEvents      | ArchiveImporterLogGroup, a stream

      API Gateway, the route  | lambda:InvokeFunction  | RandomLikeFunction, its alias
      SNS, LikesTopic         | lambda:InvokeFunction  | TopicWriterFunction
      SNS, LikesTopic         | sqs:SendMessage        | DeadLetterQueue
      S3, ArchiveBucket       | lambda:InvokeFunction  | ArchiveImporterFunction

      Lambda                  | sts:AssumeRole         | RandomLikeRole
      Lambda                  | sts:AssumeRole         | TopicWriterRole
      Lambda                  | sts:AssumeRole         | QueueWriterRole
      Lambda                  | sts:AssumeRole         | ArchiveImporterRole
      """;

  /** What comes to it with another account's topic and queue. */
  private static final String OTHER_ACCOUNT =
      """
      QueueWriterFunction     | sqs:ReceiveMessage     | B's LikesQueue
      QueueWriterFunction     | sqs:DeleteMessage      | B's LikesQueue
      QueueWriterFunction     | sqs:GetQueueAttributes | B's LikesQueue
      SNS, B's LikesTopic     | lambda:InvokeFunction  | TopicWriterFunction
      SNS, B's LikesTopic     | sqs:SendMessage        | DeadLetterQueue
      """;

  /** What comes with a key. */
  private static final String KEY =
      """
      KeyCheckerFunction          | ssm:GetParameter      | ACCESS_KEY
      KeyCheckerFunction          | logs:CreateLogStream  | KeyCheckerLogGroup
      KeyCheckerFunction          | logs:PutLogEvents     | KeyCheckerLogGroup
      KeyCheckerFunction          | logs:CreateLogStream  | KeyCheckerLogGroup, a stream
      KeyCheckerFunction          | logs:PutLogEvents     | KeyCheckerLogGroup, a stream
      API Gateway, the authorizer | lambda:InvokeFunction | KeyCheckerFunction
      Lambda                      | sts:AssumeRole        | KeyCheckerRole
      """;

  /** The application as it is by default, with a key, and with the other account. */
  enum Accounts {
    ONE(Stacks.application(), DESIGN),
    ONE_WITH_KEY(Stacks.applicationWithKey(), DESIGN + KEY),
    TWO(Stacks.applicationOfTwoAccounts(), DESIGN + OTHER_ACCOUNT);

    private final Permissions application;
    private final Permissions all;
    private final Universe universe;
    private final Set<Access> allowed;

    Accounts(Template application, String allowed) {
      // Account B is there in any case: without the parameters its policies open nothing.
      Template other = Stacks.otherAccount();
      this.application = Permissions.of(application);
      this.all = this.application.and(Permissions.of(other));
      this.universe = Universe.of(application, other);
      this.allowed =
          allowed
              .lines()
              .filter(line -> !line.isBlank())
              .map(Access::of)
              .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a policy allows it; what needs no permission, nobody can take away. */
    boolean isAllowed(Permissions permissions, Access access) {
      return permissions.decide(universe.request(access))
              instanceof Decision.Allowed(List<Statement> by)
          && !by.isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseIsAllowed(Accounts accounts) throws IOException {
    List<String> actions = actions();
    var decisions = new LongAdder();
    // A million decisions: every core takes its share of the callers.
    Set<Access> allowed =
        accounts.universe.callers().parallelStream()
            .flatMap(
                caller ->
                    accounts.universe.resources().stream()
                        .flatMap(
                            resource ->
                                actions.stream()
                                    .map(action -> new Access(caller, action, resource))))
            .peek(access -> decisions.increment())
            .filter(access -> accounts.isAllowed(accounts.all, access))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(allowed).isEqualTo(accounts.allowed);
    assertThat(decisions.sum()).isGreaterThan(900_000);
  }

  static Stream<Arguments> everyStatement() {
    return Stream.of(Accounts.values())
        .flatMap(
            accounts ->
                accounts.application.statements().stream()
                    .filter(statement -> statement.effect() == Effect.ALLOW)
                    .map(statement -> Arguments.of(accounts, statement.id())));
  }

  @ParameterizedTest
  @MethodSource("everyStatement")
  void everyStatementIsNeeded(Accounts accounts, String statement) {
    Permissions left = accounts.all.without(statement);
    assertThat(accounts.allowed).allMatch(access -> accounts.isAllowed(accounts.all, access));
    assertThat(accounts.allowed).anyMatch(access -> !accounts.isAllowed(left, access));
  }

  @Test
  void theOnlyStatementThatDeniesIsNeeded() {
    Permissions permissions = Accounts.ONE.all;
    List<String> denying =
        permissions.statements().stream()
            .filter(statement -> statement.effect() == Effect.DENY)
            .map(Statement::id)
            .toList();
    assertThat(denying).containsExactly("ArchiveBucketPolicy/RefusePlainHttp");

    Access read = new Access("ArchiveImporterFunction", "s3:GetObject", "ArchiveBucket, an object");
    Request request = Accounts.ONE.universe.request(read);
    Request overPlainHttp = request.with("aws:SecureTransport", "false");
    assertThat(permissions.decide(request.with("aws:SecureTransport", "true")).isAllowed())
        .isTrue();
    assertThat(permissions.decide(overPlainHttp)).isInstanceOf(Decision.DeniedExplicitly.class);
    assertThat(permissions.without(denying.getFirst()).decide(overPlainHttp).isAllowed()).isTrue();
  }

  private static List<String> actions() throws IOException {
    List<String> actions = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src", "test", "resources", "actions.txt"))) {
      if (!line.startsWith("#")) {
        actions.add(line);
      }
    }
    assertThat(actions)
        .extracting(action -> action.substring(0, action.indexOf(':')))
        .contains("ssm", "dynamodb", "sqs", "sns", "s3", "lambda", "iam", "sts", "logs");
    return actions;
  }
}
