package rediscover.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import rediscover.permissions.Deployer;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.Permissions;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/**
 * What the evaluator says that a picture of the map has to show, from the templates. Of the page's
 * own data only the arrows are read, and nothing of what they say about missing statements.
 */
final class ComputedDenials {

  private static final String OWN = "123456789012";

  /** A request, and what the page calls it. */
  private record Asked(String title, List<Request> requests) {}

  private final Permissions permissions;
  private final boolean twoAccounts;
  private final List<Asked> asked = new ArrayList<>();

  private ComputedDenials(Permissions permissions, JsonNode map, boolean twoAccounts) {
    this.twoAccounts = twoAccounts;
    this.permissions = Deployer.in(OWN, permissions);
    for (JsonNode function : map.get("functions")) {
      readFunction(function);
    }
    for (JsonNode resource : map.get("resources")) {
      for (JsonNode access : resource.get("access")) {
        readAccess(resource, access);
      }
    }
  }

  static ComputedDenials ofOneAccount() throws IOException {
    return new ComputedDenials(
        Permissions.of(application(Map.of("AccessKeyParam", "ACCESS_KEY"))),
        map("permissions.json"),
        false);
  }

  static ComputedDenials ofTwoAccounts() throws IOException {
    Template other =
        Template.read(
            home().resolve("templates/other-account.yaml"),
            Deployment.onAws("rediscover-other-account", "us-east-1", "210987654321"),
            Map.of(
                "QueueWriterRoleArn", application(Map.of()).outputs().get("QueueWriterRoleArn")));
    Template own =
        application(
            Map.of(
                "LikesTopicArn", other.outputs().get("TopicArn"),
                "LikesQueueArn", other.outputs().get("QueueArn")));
    return new ComputedDenials(
        Permissions.of(own).and(Permissions.of(other)), map("permissions-two-accounts.json"), true);
  }

  /** Every statement that has a switch. */
  List<String> statements() {
    return permissions.statements().stream()
        .map(Statement::id)
        .filter(id -> !id.startsWith("Deployer/"))
        .sorted()
        .toList();
  }

  /** The denials, each as its title and AWS's reason, while a statement is off. */
  Set<String> without(String statement) {
    Permissions left = permissions.without(statement);
    Set<String> denials = new TreeSet<>();
    for (Asked arrow : asked) {
      // The page shows the first of an arrow's requests that is denied.
      arrow.requests().stream()
          .filter(request -> !left.decide(request).isAllowed())
          .findFirst()
          .ifPresent(
              request -> {
                Decision decision = left.decide(request);
                String sentence = decision.explain(request);
                String reason = sentence.substring(sentence.indexOf(" because ") + 2);
                String refuses = twoAccounts ? account(decision, request) : "";
                denials.add(
                    "✕ Denied: %s on %s / %sB%s."
                        .formatted(request.action(), arrow.title(), refuses, reason));
              });
    }
    return denials;
  }

  /** Whose policy it is that does not allow a request. */
  private static String account(Decision decision, Request request) {
    boolean callers = decision.equals(new Decision.NotAllowed(PolicyType.IDENTITY_BASED));
    return "Account %s refuses. / ".formatted(callers ? OWN : request.resourceAccount());
  }

  private void readFunction(JsonNode node) {
    LambdaFunction function =
        permissions.functions().stream()
            .filter(candidate -> candidate.logicalId().equals(node.get("id").asText()))
            .findFirst()
            .orElseThrow();
    Principal session = permissions.session(function);
    asked.add(
        new Asked(
            node.get("role").asText(),
            List.of(
                Request.of(
                    new Principal.Service("lambda.amazonaws.com"),
                    "sts:AssumeRole",
                    function.roleArn(),
                    OWN))));
    Set<String> polling = new HashSet<>();
    for (JsonNode arrow : node.get("invokedBy")) {
      if (arrow.get("mode").asText().equals("pull")) {
        arrow.get("statements").forEach(id -> polling.add(id.asText()));
        asked.add(calls(session, arrow));
      } else {
        String service =
            switch (arrow.get("service").asText()) {
              case "API Gateway" -> "apigateway";
              case "SNS" -> "sns";
              case "S3" -> "s3";
              default -> throw new AssertionError(arrow);
            };
        Request invoke =
            Request.of(
                    new Principal.Service(service + ".amazonaws.com"),
                    "lambda:InvokeFunction",
                    function.invokedArn(),
                    OWN)
                .with("aws:SourceArn", arrow.get("arn").asText())
                .with("aws:SourceAccount", arrow.get("account").asText());
        asked.add(new Asked(node.get("name").asText(), List.of(invoke)));
      }
    }
    for (JsonNode arrow : node.get("mayCall")) {
      // Polling is drawn once, as what invokes the function.
      if (texts(arrow.get("statements")).stream().noneMatch(polling::contains)) {
        asked.add(calls(session, arrow));
      }
    }
  }

  private static Asked calls(Principal session, JsonNode arrow) {
    String resource = arrow.get("arn").asText().replace("*", "one");
    return new Asked(
        arrow.get("name").asText(),
        texts(arrow.get("actions")).stream()
            .map(action -> Request.of(session, action, resource, arrow.get("account").asText()))
            .toList());
  }

  /** What services and the deploying principal ask of queues and topics. */
  private void readAccess(JsonNode resource, JsonNode access) {
    String arn = resource.get("arn").asText();
    String account = resource.get("account").asText();
    String name = resource.get("name").asText();
    if (access.has("from")) {
      Request deliver =
          Request.of(new Principal.Service("sns.amazonaws.com"), "sqs:SendMessage", arn, account)
              .with("aws:SourceArn", access.get("from").get("arn").asText());
      asked.add(new Asked(name, List.of(deliver)));
    } else if (access.get("who").asText().equals("account " + OWN)) {
      Principal deployer = Deployer.session(OWN);
      asked.add(new Asked(name, List.of(Request.of(deployer, "sns:Subscribe", arn, account))));
    }
  }

  private static Template application(Map<String, String> parameters) {
    return Template.read(
        home().resolve("template.yaml"),
        Deployment.onAws("rediscover", "us-east-1", OWN),
        parameters);
  }

  private static JsonNode map(String file) throws IOException {
    return new ObjectMapper().readTree(home().resolve("public").resolve(file).toFile());
  }

  private static Path home() {
    return Path.of(System.getProperty("home"));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
