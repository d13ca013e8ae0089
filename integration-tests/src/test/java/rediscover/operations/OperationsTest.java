package rediscover.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/**
 * templates/operations.yaml watches everything that template.yaml can deploy, and docs/runbook.md
 * explains every alarm.
 */
class OperationsTest {

  private static final Path HOME = Path.of("..");

  private static final Map<String, String> EVERYTHING =
      Map.of(
          "AccessKeyParam", "ACCESS_KEY",
          "LikesQueueArn", "arn:aws:sqs:us-east-1:210987654321:likes",
          "LikesTopicArn", "arn:aws:sns:us-east-1:210987654321:likes",
          "SnapStart", "on");

  private static final String ALARM_TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";

  /** Both templates with every condition on. */
  private static final Template TEMPLATE = application("rediscover", EVERYTHING);

  private static final Template OPERATIONS =
      operations(TEMPLATE, Map.of("KeyChecker", "on", "AlarmTopicArn", ALARM_TOPIC));

  private static final int DAY = 24 * 60 * 60;

  /** Three dashboards are free, with at most this many metrics each. */
  private static final int FREE_METRICS = 50;

  @Test
  void everythingOfBothTemplatesIsLookedAt() throws IOException {
    assertThat(TEMPLATE.resources()).containsKeys(declared("template.yaml"));
    assertThat(OPERATIONS.resources()).containsKeys(declared("templates/operations.yaml"));
  }

  private static String[] declared(String file) throws IOException {
    String text = Files.readString(HOME.resolve(file));
    List<String> declared =
        Pattern.compile("^  (\\w+):\n    Type: AWS::", Pattern.MULTILINE)
            .matcher(text.substring(text.indexOf("\nResources:")))
            .results()
            .map(resource -> resource.group(1))
            .toList();

    assertThat(declared).hasSizeGreaterThan(10);
    return declared.toArray(String[]::new);
  }

  @Test
  void byDefaultNothingWatchesKeyChecker() throws IOException {
    Template byDefault = operations(application("rediscover", Map.of()), Map.of());

    assertThat(byDefault.resources()).doesNotContainKey("KeyCheckerErrorsAlarm");
    assertThat(dashboard(byDefault).toString())
        .contains("ArchiveImporter")
        .doesNotContain("KeyChecker", "key-checker");
  }

  /** CloudFormation refuses an import of an export that is not there. */
  @Test
  void keyCheckerCannotBeWatchedWithoutAKey() {
    Template withoutKey = application("rediscover", Map.of());

    assertThatThrownBy(() -> operations(withoutKey, Map.of("KeyChecker", "on")))
        .hasMessageEndingWith("no stack exports rediscover-KeyCheckerFunctionName");
  }

  @Test
  void theApplicationsStackMayHaveAnyName() throws IOException {
    Template other =
        operations(application("likes-test", EVERYTHING), Map.of("Stack", "likes-test"));

    assertThat(dashboard(other).toString()).contains("likes-test").doesNotContain("rediscover");
    assertThat(other.ofType("AWS::Logs::MetricFilter"))
        .extracting(filter -> filter.properties().string("LogGroupName"))
        .containsOnly("/likes-test/random-like");
  }

  @Test
  void everyExportIsImported() throws IOException {
    String text = Files.readString(HOME.resolve("templates/operations.yaml"));

    Set<String> imported =
        Pattern.compile("Fn::ImportValue: !Sub \\$\\{Stack}(-\\w+)")
            .matcher(text)
            .results()
            .map(name -> "rediscover" + name.group(1))
            .collect(Collectors.toSet());

    assertThat(TEMPLATE.exports()).containsOnlyKeys(imported);
  }

  /** A metric filter and a dashboard name a log group by its name, not by a reference. */
  @Test
  void everyLogGroupThatIsWatchedExists() throws IOException {
    List<String> groups = ofType("AWS::Logs::LogGroup").stream().map(Resource::ref).toList();

    Stream<String> filtered =
        ofType("AWS::Logs::MetricFilter").stream()
            .map(filter -> filter.properties().string("LogGroupName"));
    Stream<String> queried =
        dashboard().findValuesAsText("query").stream()
            .flatMap(query -> Pattern.compile("SOURCE '([^']*)'").matcher(query).results())
            .map(source -> source.group(1));
    Stream<String> counted =
        metrics().stream().filter(metric -> metric.contains("LogGroupName")).map(List::getLast);

    assertThat(Stream.of(filtered, queried, counted).flatMap(names -> names).toList())
        .hasSizeGreaterThan(10)
        .isSubsetOf(groups);
  }

  @Test
  void everyAlarmTellsTheTopic() {
    for (Resource alarm : ofType("AWS::CloudWatch::Alarm")) {
      assertThat(alarm.properties().strings("AlarmActions"))
          .as(alarm.logicalId())
          .containsExactly(ALARM_TOPIC);
    }
  }

  /**
   * A message is deleted so long after it was first sent, but its age in the dead-letter queue
   * counts from when it came there. Before, it may have been in the other queue as long as that one
   * keeps it.
   */
  @Test
  void anAlarmOfAnOldDeadLetterLeavesFourDays() {
    int age = OPERATIONS.resource("DeadLetterQueueAgeAlarm").properties().integer("Threshold", 0);

    assertThat(age).isGreaterThan(DAY);
    assertThat(retention("DeadLetterQueue") - retention("LikesQueue") - age)
        .isGreaterThanOrEqualTo(4 * DAY);
  }

  private static int retention(String queue) {
    return TEMPLATE.resource(queue).properties().integer("MessageRetentionPeriod", 0);
  }

  @Test
  void everyAlarmIsInTheRunbookAndNoOther() throws IOException {
    String runbook = Files.readString(HOME.resolve("docs/runbook.md"));

    List<String> sections =
        Pattern.compile("^### (\\w+Alarm)$", Pattern.MULTILINE)
            .matcher(runbook)
            .results()
            .map(heading -> heading.group(1))
            .toList();

    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(
            ofType("AWS::CloudWatch::Alarm").stream().map(Resource::logicalId).toList());
  }

  @Test
  void everyAlarmIsOnTheDashboard() throws IOException {
    List<String> alarms =
        ofType("AWS::CloudWatch::Alarm").stream().map(alarm -> alarm.arn()).toList();

    assertThat(dashboard().findValue("alarms"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(alarms);
  }

  @Test
  void everyFunctionIsOnTheDashboardWithItsErrorsThrottlesAndCost() throws IOException {
    Set<List<String>> metrics = metrics();

    for (Resource function : ofType("AWS::Serverless::Function")) {
      for (String metric : List.of("Errors", "Throttles", "Invocations", "Duration")) {
        assertThat(metrics).contains(List.of("AWS/Lambda", metric, "FunctionName", function.ref()));
      }
    }
  }

  @Test
  void everyFunctionHasAnAlarmForItsErrorsAndIsInTheOneForThrottles() {
    for (Resource function : ofType("AWS::Serverless::Function")) {
      assertThat(alarmsOn("Errors", function)).isOne();
      assertThat(alarmsOn("Throttles", function)).isOne();
    }
  }

  @Test
  void everyLogIsOnTheDashboardWithItsCost() throws IOException {
    Set<List<String>> metrics = metrics();

    for (Resource group : ofType("AWS::Logs::LogGroup")) {
      assertThat(metrics)
          .contains(List.of("AWS/Logs", "IncomingBytes", "LogGroupName", group.ref()));
    }
  }

  @Test
  void theDashboardCostsNothing() throws IOException {
    assertThat(metrics()).hasSizeLessThanOrEqualTo(FREE_METRICS);
  }

  /** Each sum has every metric that is hidden on the dashboard to be summed. */
  @Test
  void theDashboardCountsEverythingThatItFetches() throws IOException {
    List<String> sums = dashboard().findValuesAsText("expression");

    List<String> hidden =
        dashboard().findParents("visible").stream()
            .map(options -> options.path("id").asText())
            .toList();

    assertThat(hidden).hasSizeGreaterThan(20);
    assertThat(hidden)
        .allSatisfy(id -> assertThat(sums).anyMatch(sum -> sum.matches(".*\\b" + id + "\\b.*")));
  }

  @Test
  void theDashboardCountsTheMemoryThatTheFunctionsHave() throws IOException {
    for (Resource function : ofType("AWS::Serverless::Function")) {
      String sum = "SUM\\(\\[[^]]*\\b%s\\b[^]]*]\\) \\* %d\\b";
      assertThat(dashboard().findValuesAsText("expression"))
          .as(function.logicalId())
          .anyMatch(
              Pattern.compile(sum.formatted(idOfDuration(function), memoryOf(function)))
                  .asPredicate());
    }
  }

  @Test
  void theAccessLogHasNothingOfTheCallerInIt() {
    String format =
        ofType("AWS::Serverless::HttpApi")
            .getFirst()
            .properties()
            .object("AccessLogSettings")
            .string("Format");

    assertThat(Pattern.compile("\\$context\\.([\\w.]+)").matcher(format).results())
        .extracting(MatchResult::group)
        .isNotEmpty()
        .noneMatch(variable -> variable.matches(".*(identity|authorizer|customDomain).*"));
  }

  @Test
  void onlyTheSiteMayReadTheApi() {
    for (Resource api : ofType("AWS::Serverless::HttpApi")) {
      assertThat(api.properties().object("CorsConfiguration").strings("AllowOrigins"))
          .containsExactly(TEMPLATE.parameters().get("SiteOrigin"));
    }
  }

  private static List<Resource> ofType(String type) {
    List<Resource> resources =
        Stream.of(TEMPLATE, OPERATIONS).flatMap(template -> template.ofType(type)).toList();
    assertThat(resources).isNotEmpty();
    return resources;
  }

  private static String idOfDuration(Resource function) throws IOException {
    List<String> duration = List.of("AWS/Lambda", "Duration", "FunctionName", function.ref());
    for (JsonNode rows : dashboard().findValues("metrics")) {
      for (JsonNode row : rows) {
        if (row.valueStream().map(JsonNode::asText).toList().containsAll(duration)
            && row.path(duration.size()).has("id")) {
          return row.path(duration.size()).path("id").asText();
        }
      }
    }
    throw new AssertionError(function.logicalId() + " is not in the cost");
  }

  private static int memoryOf(Resource function) {
    return function.properties().integer("MemorySize", 0);
  }

  /** How many alarms watch a metric of a function, alone or in a sum. */
  private static long alarmsOn(String metric, Resource function) {
    return ofType("AWS::CloudWatch::Alarm").stream()
        .map(OperationsTest::properties)
        .filter(alarm -> alarm.contains("\"MetricName\":\"" + metric + "\""))
        .filter(alarm -> alarm.contains("\"Value\":\"" + function.ref() + "\""))
        .count();
  }

  private static String properties(Resource resource) {
    Map<String, Object> properties = new HashMap<>();
    resource
        .properties()
        .names()
        .forEach(name -> properties.put(name, resource.properties().raw(name)));
    return new ObjectMapper().valueToTree(properties).toString();
  }

  private static Template application(String stack, Map<String, String> parameters) {
    return Template.read(HOME.resolve("template.yaml"), in(stack), parameters);
  }

  private static Template operations(Template application, Map<String, String> parameters) {
    return Template.read(
        HOME.resolve("templates/operations.yaml"),
        in("operations"),
        parameters,
        application.exports());
  }

  private static Deployment in(String stack) {
    return Deployment.onAws(stack, "us-east-1", "123456789012");
  }

  private static JsonNode dashboard() throws IOException {
    return dashboard(OPERATIONS);
  }

  private static JsonNode dashboard(Template template) throws IOException {
    Resource dashboard = template.ofType("AWS::CloudWatch::Dashboard").toList().getFirst();
    return new ObjectMapper().readTree(dashboard.properties().string("DashboardBody"));
  }

  /** Namespace, name, and names and values of the dimensions of each metric. */
  private static Set<List<String>> metrics() throws IOException {
    Set<List<String>> metrics = new HashSet<>();
    for (JsonNode rows : dashboard().findValues("metrics")) {
      for (JsonNode row : rows) {
        List<String> texts =
            row.valueStream().filter(JsonNode::isTextual).map(JsonNode::asText).toList();
        if (!texts.isEmpty()) {
          metrics.add(texts);
        }
      }
    }
    return metrics;
  }
}
