package rediscover.permissions.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import rediscover.permissions.Deployer;
import rediscover.permissions.Permissions;
import rediscover.permissions.map.PermissionMap.Arrow;
import rediscover.permissions.map.PermissionMap.FunctionNode;
import rediscover.permissions.map.PermissionMap.Without;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/** What the page looks up when a statement is switched off is what the evaluator decides. */
class WithoutTest {

  private static final Path TEMPLATE = Path.of("..", "template.yaml");
  private static final Path OTHER_ACCOUNT = Path.of("..", "templates", "other-account.yaml");
  private static final Path DEVELOPERS = Path.of("..", "templates", "developer-access.yaml");
  private static final String OWN = "123456789012";

  /** The two pictures, each with the permissions that it is drawn from. */
  enum Picture {
    ONE_ACCOUNT(List.of(PermissionMapFile.complete(TEMPLATE))),
    TWO_ACCOUNTS(PermissionMapFile.both(TEMPLATE, OTHER_ACCOUNT));

    private final List<Template> templates;

    Picture(List<Template> templates) {
      this.templates = templates;
    }

    PermissionMap map() {
      return Drawing.of(templates, Map.of(), Map.of());
    }

    Permissions permissions() {
      return templates.stream().map(Permissions::of).reduce(Permissions::and).orElseThrow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachSwitchAndEachTwoOfThemDoWhatTheEvaluatorSays(Picture picture) {
    Permissions all = Deployer.in(OWN, picture.permissions());
    List<Use> uses = everything(picture.map()).flatMap(without -> without.uses().stream()).toList();
    List<String> switches = picture.permissions().statements().stream().map(Statement::id).toList();
    int denied = 0;
    for (int i = 0; i < switches.size(); i++) {
      Permissions left = all.without(switches.get(i));
      for (int j = i; j < switches.size(); j++) {
        Permissions both = j == i ? left : left.without(switches.get(j));
        Set<String> switchedOff = new HashSet<>(List.of(switches.get(i), switches.get(j)));
        for (Use use : uses) {
          String decided = both.decide(use.request()).reason(use.request());
          assertThat(lookUp(use, switchedOff))
              .as("%s without %s", use.request().action(), switchedOff)
              .isEqualTo(decided);
          denied += decided.isEmpty() ? 0 : 1;
        }
      }
    }
    assertThat(denied).isGreaterThan(switches.size());
  }

  /** As map/computed.js does it. */
  private static String lookUp(Use use, Set<String> off) {
    return use.needs().entrySet().stream()
        .filter(need -> off.contains(need.getKey()))
        .map(need -> need.getValue().missing())
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @EnumSource
  void everyStatementThatAllowsBreaksAnArrow(Picture picture) {
    Set<String> allowing =
        picture.permissions().statements().stream()
            .filter(statement -> statement.effect() == Effect.ALLOW)
            .map(Statement::id)
            .collect(Collectors.toSet());
    assertThat(
            everything(picture.map())
                .flatMap(without -> without.uses().stream())
                .flatMap(use -> use.needs().keySet().stream())
                .collect(Collectors.toSet()))
        .isEqualTo(allowing);
  }

  @ParameterizedTest
  @EnumSource
  void everyArrowSaysWhatBecomesOfIt(Picture picture) {
    assertThat(everything(picture.map()).map(Without::then))
        .allSatisfy(then -> assertThat(then).endsWith(".").doesNotContain("  "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          random-like      | GET /u/*        | API Gateway returns status 500.
          random-like      | LikesTable      | Every request gets status 500.
          random-like      | TWITTER_AUTH    | A request for a user without stored likes gets status 500. Stored likes still work.
          key-checker      | ACCESS_KEY      | API Gateway returns status 500, once its cached answer for the key has expired.
          topic-writer     | LikesTopic      | SNS does not retry. It moves the message to the subscription's dead-letter queue, DeadLetterQueue.
          topic-writer     | LikesTable      | topic-writer fails. Lambda retries it 2 times, then sends the message to DeadLetterQueue.
          topic-writer     | DeadLetterQueue | Events that topic-writer fails on are lost: Lambda cannot send them to DeadLetterQueue.
          queue-writer     | LikesQueue      | Messages stay in the queue until you restore the statement or their retention period ends.
          queue-writer     | LikesTable      | queue-writer reports each message as failed. SQS delivers it again and, after 5 receives, moves it to DeadLetterQueue.
          archive-importer | ArchiveBucket   | S3 keeps the archive, but no function imports it. Upload it again after you restore the statement.
          archive-importer | LikesQueue      | archive-importer fails. Lambda retries it 2 times, then sends the event to DeadLetterQueue.
          archive-importer | ArchiveImporterLogGroup | Nothing else fails: archive-importer keeps working without a log.
          """)
  void anArrowSaysWhatBecomesOfTheMessage(String function, String other, String then) {
    FunctionNode node =
        Picture.ONE_ACCOUNT.map().functions().stream()
            .filter(candidate -> candidate.name().equals(function))
            .findFirst()
            .orElseThrow();
    assertThat(
            Stream.concat(node.invokedBy().stream(), node.mayCall().stream())
                .filter(arrow -> arrow.other().name().equals(other))
                .map(Arrow::without)
                .findFirst()
                .map(Without::then))
        .isEqualTo(Optional.of(then));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-source-arn     | lambda:InvokeFunction     | no resource-based | allowed
          no-source-account | lambda:InvokeFunction     | no resource-based | allowed
          no-delete         | sqs:DeleteMessage         | allowed           | no identity-based
          wrong-parameter   | ssm:GetParameter          | allowed           | no identity-based
          too-much          | dynamodb:DeleteItem       | no identity-based | allowed
          tag-any           | lambda:TagResource        | no identity-based | allowed
          tagged            | lambda:UpdateFunctionCode | no identity-based | allowed
          """)
  void anExperimentTurnsTheDecisionRound(String id, String action, String before, String after) {
    Experiment experiment = experiments().get(id);
    assertThat(experiment.action()).isEqualTo(action);
    assertThat(experiment.before()).isEqualTo(sentence(before, action));
    assertThat(experiment.after()).isEqualTo(sentence(after, action));
    // The principals that it lets in have no arrow of their own on the map.
    assertThat(experiment.arrow() != null).isEqualTo(after.equals("allowed"));
  }

  @Test
  void everyExperimentIsTested() {
    assertThat(experiments()).hasSize(7);
  }

  private static Map<String, Experiment> experiments() {
    return PermissionMapFile.oneAccount(TEMPLATE, DEVELOPERS).experiments();
  }

  private static String sentence(String outcome, String action) {
    return outcome.equals("allowed")
        ? ""
        : "because %s policy allows the %s action".formatted(outcome, action);
  }

  private static Stream<Without> everything(PermissionMap map) {
    List<Without> all = new ArrayList<>();
    for (FunctionNode function : map.functions()) {
      all.add(function.withoutTrust());
      function.invokedBy().forEach(arrow -> all.add(arrow.without()));
      function.mayCall().forEach(arrow -> all.add(arrow.without()));
    }
    map.resources().forEach(node -> node.access().forEach(access -> all.add(access.without())));
    return all.stream();
  }
}
