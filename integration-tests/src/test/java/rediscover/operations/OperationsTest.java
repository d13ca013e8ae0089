package rediscover.operations;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Whoever is on call finds every alarm in docs/runbook.md and every function on the dashboard. */
class OperationsTest {

  private static final Path HOME = Path.of("..");
  private static final Template TEMPLATE =
      Template.read(
          HOME.resolve("template.yaml"),
          Deployment.onAws("rediscover", "us-east-1", "123456789012"),
          Map.of());

  /** CloudWatch has three dashboards for nothing, of at most so many metrics. */
  private static final int FREE_METRICS = 50;

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
    List<Resource> resources = TEMPLATE.ofType(type).toList();
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

  private static JsonNode dashboard() throws IOException {
    Resource dashboard = ofType("AWS::CloudWatch::Dashboard").getFirst();
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
