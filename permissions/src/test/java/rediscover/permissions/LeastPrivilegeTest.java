package rediscover.permissions;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Resource;
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

      API Gateway, the route  | lambda:InvokeFunction  | RandomLikeFunction
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

  /** The application with and without the other account. */
  enum Accounts {
    ONE(Stacks.application(), DESIGN),
    TWO(Stacks.applicationOfTwoAccounts(), DESIGN + OTHER_ACCOUNT);

    private final Template application;
    private final Set<Access> allowed;

    Accounts(Template application, String allowed) {
      this.application = application;
      this.allowed =
          allowed
              .lines()
              .filter(line -> !line.isBlank())
              .map(Access::of)
              .collect(toCollection(TreeSet::new));
    }

    /** Account B is there in any case: without the parameters its policies open nothing. */
    Permissions permissions() {
      return Permissions.of(application).and(Permissions.of(Stacks.otherAccount()));
    }
  }

  /** One line of the list. */
  record Access(String who, String action, String resource) implements Comparable<Access> {

    static Access of(String line) {
      String[] cells = line.strip().split(" *\\| *");
      return new Access(cells[0], cells[1], cells[2]);
    }

    @Override
    public int compareTo(Access other) {
      return toString().compareTo(other.toString());
    }
  }

  /**
   * Somebody who may ask for anything.
   *
   * @param context what every request of theirs says
   */
  private record Caller(Principal principal, Map<String, List<String>> context) {

    Request request(String action, String arn) {
      String account = arn.replaceAll("([^:]*:){4}([0-9]{12})?:?.*", "$2");
      return new Request(
          principal, action, arn, account.isEmpty() ? Stacks.ACCOUNT_A : account, context);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingElseIsAllowed(Accounts accounts) throws IOException {
    Permissions permissions = accounts.permissions();
    Map<String, Caller> callers = callers(permissions, accounts.application);
    Map<String, String> resources = resources(accounts.application);
    List<String> actions = actions();

    int decisions = 0;
    Set<Access> allowed = new TreeSet<>();
    for (Map.Entry<String, Caller> caller : callers.entrySet()) {
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        for (String action : actions) {
          Request request = caller.getValue().request(action, resource.getValue());
          decisions++;
          if (permissions.decide(request).isAllowed()) {
            allowed.add(new Access(caller.getKey(), action, resource.getKey()));
          }
        }
      }
    }

    assertThat(allowed).isEqualTo(accounts.allowed);
    assertThat(decisions).isGreaterThan(500_000);
  }

  static Stream<Arguments> everyStatement() {
    return Stream.of(Accounts.values())
        .flatMap(
            accounts ->
                Permissions.of(accounts.application).statements().stream()
                    .filter(statement -> statement.effect() == Effect.ALLOW)
                    .map(statement -> Arguments.of(accounts, statement.id())));
  }

  @ParameterizedTest
  @MethodSource("everyStatement")
  void everyStatementIsNeeded(Accounts accounts, String statement) {
    Permissions permissions = accounts.permissions();
    assertThat(accounts.allowed)
        .allMatch(access -> isAllowed(permissions, accounts.application, access));
    Permissions left = permissions.without(statement);
    assertThat(accounts.allowed).anyMatch(access -> !isAllowed(left, accounts.application, access));
  }

  @Test
  void theStatementThatDeniesIsNeeded() {
    Permissions permissions = Accounts.ONE.permissions();
    List<String> denying =
        permissions.statements().stream()
            .filter(statement -> statement.effect() == Effect.DENY)
            .map(Statement::id)
            .toList();
    assertThat(denying).containsExactly("ArchiveBucketPolicy/RefusePlainHttp");

    Request overPlainHttp =
        callers(permissions, Accounts.ONE.application)
            .get("ArchiveImporterFunction")
            .request(
                "s3:GetObject", resources(Accounts.ONE.application).get("ArchiveBucket, an object"))
            .with("aws:SecureTransport", "false");
    assertThat(permissions.decide(overPlainHttp).isAllowed()).isFalse();
    assertThat(permissions.without(denying.getFirst()).decide(overPlainHttp).isAllowed()).isTrue();
  }

  private static boolean isAllowed(Permissions permissions, Template application, Access access) {
    Caller caller = callers(permissions, application).get(access.who());
    String arn = resources(application).get(access.resource());
    return permissions.decide(caller.request(access.action(), arn)).isAllowed();
  }

  private static Map<String, Caller> callers(Permissions permissions, Template application) {
    Map<String, Caller> callers = new LinkedHashMap<>();
    for (LambdaFunction function : permissions.functions()) {
      Caller caller = new Caller(permissions.session(function), Map.of());
      callers.put(function.logicalId(), caller);
    }
    String route = application.resource("LikesHttpApi").arn() + "/$default/GET/u/someone";
    String topic = application.resource("LikesTopic").arn();
    String otherTopic = Stacks.otherAccount().resource("LikesTopic").arn();
    String bucket = application.resource("ArchiveBucket").arn();
    String own = Stacks.ACCOUNT_A;
    String other = Stacks.ACCOUNT_B;
    callers.put("API Gateway, the route", service("apigateway", own, route));
    callers.put("SNS, LikesTopic", service("sns", own, topic));
    callers.put("SNS, B's LikesTopic", service("sns", other, otherTopic));
    callers.put("S3, ArchiveBucket", service("s3", own, bucket));
    callers.put("Lambda", new Caller(new Principal.Service("lambda.amazonaws.com"), Map.of()));

    callers.put("API Gateway, a route", service("apigateway", own, route.replace("GET", "POST")));
    callers.put("SNS, another topic", service("sns", own, topic + "2"));
    callers.put("S3, another bucket", service("s3", own, bucket + "2"));
    callers.put("S3, a bucket of B", service("s3", other, bucket));
    callers.put("SNS, no topic", new Caller(new Principal.Service("sns.amazonaws.com"), Map.of()));
    for (String account : List.of(own, other)) {
      String role = "arn:aws:iam::" + account + ":role/somebody";
      Principal somebody = new Principal.RoleSession(role, "session", Map.of());
      callers.put("a role of " + account, new Caller(somebody, Map.of()));
    }
    return callers;
  }

  private static Caller service(String name, String sourceAccount, String sourceArn) {
    return new Caller(
        new Principal.Service(name + ".amazonaws.com"),
        Map.of("aws:SourceAccount", List.of(sourceAccount), "aws:SourceArn", List.of(sourceArn)));
  }

  /** ARNs by name: what the stacks have, what lies in it, and what is in neither. */
  private static Map<String, String> resources(Template application) {
    Map<String, String> arns = new LinkedHashMap<>();
    add(arns, "", application);
    add(arns, "B's ", Stacks.otherAccount());
    String ours = "us-east-1:" + Stacks.ACCOUNT_A + ":";
    arns.put("TWITTER_AUTH", "arn:aws:ssm:" + ours + "parameter/TWITTER_AUTH");
    arns.put("no resource", "*");
    arns.put("another bucket", "arn:aws:s3:::rediscover-archives");
    arns.put("another object", "arn:aws:s3:::rediscover-archives/someone/like.js");
    for (String account : List.of(Stacks.ACCOUNT_A, Stacks.ACCOUNT_B)) {
      for (String another :
          List.of(
              "dynamodb:us-east-1:%s:table/rediscover-LikesTable2",
              "iam::%s:role/rediscover-Another",
              "iam::%s:user/somebody",
              "lambda:us-east-1:%s:function:rediscover-Another",
              "logs:us-east-1:%s:log-group:/rediscover/another:log-stream:s",
              "sns:us-east-1:%s:rediscover-LikesTopic2",
              "sqs:us-east-1:%s:rediscover-LikesQueue2",
              "sqs:eu-west-1:%s:rediscover-LikesQueue",
              "ssm:us-east-1:%s:parameter/TWITTER_AUTH/2")) {
        String arn = "arn:aws:" + another.formatted(account);
        arns.put(arn, arn);
      }
    }
    return arns;
  }

  private static void add(Map<String, String> arns, String whose, Template template) {
    for (Resource resource : template.resources().values()) {
      String name = whose + resource.logicalId();
      resource
          .physicalId()
          .map(id -> id.arn())
          .filter(arn -> !arn.isEmpty())
          .ifPresent(
              arn -> {
                arns.put(name, arn);
                switch (resource.type()) {
                  case "AWS::DynamoDB::Table" -> arns.put(name + ", an index", arn + "/index/i");
                  case "AWS::Lambda::Function", "AWS::Serverless::Function" ->
                      arns.put(name + ", a version", arn + ":1");
                  case "AWS::Logs::LogGroup" ->
                      arns.put(name + ", a stream", arn.replaceAll("\\*$", "log-stream:s"));
                  case "AWS::S3::Bucket" ->
                      arns.put(name + ", an object", arn + "/someone/like.js");
                  default -> {
                    // Nothing lies in it that has an ARN of its own.
                  }
                }
              });
    }
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
