package rediscover.permissions.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/** Writes the data of the map's page from the templates. */
public final class PermissionMapFile {

  /** The order in which people read a statement. */
  private static final List<String> STATEMENT_KEYS =
      List.of(
          "Sid",
          "Effect",
          "Principal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  /** The accounts of AWS's documentation: the map shows none of yours. */
  private static final Deployment OWN = Deployment.onAws("rediscover", "us-east-1", "123456789012");

  private static final Deployment OTHER =
      Deployment.onAws("rediscover-other-account", "us-east-1", "210987654321");

  /** What is off unless somebody asks for it: the parameter, and a value that turns it on. */
  private static final String KEY_PARAMETER = "AccessKeyParam";

  private static final String KEY_NAME = "ACCESS_KEY";

  private PermissionMapFile() {}

  /**
   * Writes {@code permissions.json} and {@code permissions-two-accounts.json}.
   *
   * @param arguments the application's template, the other account's, the developers', and the
   *     folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("Say which three templates to read and where to write");
    }
    Path application = Path.of(arguments[0]);
    Path folder = Path.of(arguments[3]);
    Files.writeString(
        folder.resolve("permissions.json"), oneAccount(application, Path.of(arguments[2])));
    Files.writeString(
        folder.resolve("permissions-two-accounts.json"),
        twoAccounts(application, Path.of(arguments[1])));
  }

  /**
   * The map of the application alone, with all that it can have; marked is what has to be asked
   * for.
   */
  static String oneAccount(Path application, Path developerAccess) {
    Set<String> byDefault =
        PermissionMap.of(Template.read(application, OWN, Map.of())).functions().stream()
            .map(PermissionMap.FunctionNode::id)
            .collect(Collectors.toSet());
    return json(
        oneAccountMap(application),
        id -> !byDefault.contains(id),
        experiments(application, developerAccess));
  }

  static List<Experiment> experiments(Path application, Path developerAccess) {
    return Experiment.all(
        Template.read(application, OWN, Map.of()), Template.read(developerAccess, OWN, Map.of()));
  }

  static PermissionMap oneAccountMap(Path application) {
    return PermissionMap.of(Template.read(application, OWN, Map.of(KEY_PARAMETER, KEY_NAME)));
  }

  /** The map of the application that takes likes from another account's topic and queue as well. */
  static String twoAccounts(Path application, Path otherAccount) {
    return json(twoAccountsMap(application, otherAccount), id -> false, List.of());
  }

  static PermissionMap twoAccountsMap(Path application, Path otherAccount) {
    String role = Template.read(application, OWN, Map.of()).outputs().get("QueueWriterRoleArn");
    Template other = Template.read(otherAccount, OTHER, Map.of("QueueWriterRoleArn", role));
    Map<String, String> parameters =
        Map.of(
            "LikesTopicArn", other.outputs().get("TopicArn"),
            "LikesQueueArn", other.outputs().get("QueueArn"));
    return PermissionMap.of(Template.read(application, OWN, parameters), other);
  }

  private static String json(
      PermissionMap map, Predicate<String> onlyWithKey, List<Experiment> experiments) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      json.setPrettyPrinter(printer);
      write(json, map, onlyWithKey, experiments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(
      JsonGenerator json,
      PermissionMap map,
      Predicate<String> onlyWithKey,
      List<Experiment> experiments)
      throws IOException {
    Map<String, Statement> statements = new TreeMap<>();
    json.writeStartObject();
    json.writeArrayFieldStart("functions");
    for (PermissionMap.FunctionNode function : map.functions()) {
      json.writeStartObject();
      json.writeStringField("id", function.id());
      json.writeStringField("name", function.name());
      json.writeStringField("role", function.role());
      json.writeStringField("account", function.account());
      if (onlyWithKey.test(function.id())) {
        json.writeStringField("onlyWith", KEY_PARAMETER);
      }
      writeIds(json, "trust", function.trust(), statements);
      writeWithout(json, "withoutTrust", function.withoutTrust());
      writeArrows(json, "invokedBy", function.invokedBy(), statements);
      writeArrows(json, "mayCall", function.mayCall(), statements);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("resources");
    for (PermissionMap.ResourceNode node : map.resources()) {
      writeResource(json, node, statements);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("statements");
    for (Statement statement : statements.values()) {
      json.writeObjectFieldStart(statement.id());
      json.writeStringField("type", type(statement.type()));
      json.writeFieldName("document");
      writeStatement(json, statement.document());
      json.writeEndObject();
    }
    json.writeEndObject();
    if (!experiments.isEmpty()) {
      json.writeObjectFieldStart("experiments");
      for (Experiment experiment : experiments) {
        writeExperiment(json, experiment);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeExperiment(JsonGenerator json, Experiment experiment)
      throws IOException {
    json.writeObjectFieldStart(experiment.id());
    json.writeStringField("function", experiment.function().logicalId());
    json.writeStringField("statement", experiment.statement());
    json.writeStringField("type", type(experiment.type()));
    if (!experiment.was().isEmpty()) {
      json.writeFieldName("was");
      writeStatement(json, experiment.was());
    }
    if (!experiment.document().isEmpty()) {
      json.writeFieldName("document");
      writeStatement(json, experiment.document());
    }
    if (experiment.arrow().isPresent()) {
      PermissionMap.Arrow arrow = experiment.arrow().get();
      json.writeObjectFieldStart("arrow");
      json.writeStringField("mode", arrow.mode());
      writeTarget(json, arrow.other());
      json.writeFieldName("actions");
      writeValue(json, arrow.actions());
      json.writeStringField("sentence", arrow.sentence());
      json.writeEndObject();
    }
    json.writeStringField("action", experiment.action());
    json.writeStringField("before", experiment.before());
    json.writeStringField("after", experiment.after());
    json.writeEndObject();
  }

  private static void writeArrows(
      JsonGenerator json,
      String name,
      List<PermissionMap.Arrow> arrows,
      Map<String, Statement> statements)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (PermissionMap.Arrow arrow : arrows) {
      json.writeStartObject();
      json.writeStringField("mode", arrow.mode());
      writeTarget(json, arrow.other());
      json.writeFieldName("actions");
      writeValue(json, arrow.actions());
      json.writeStringField("sentence", arrow.sentence());
      writeIds(json, "statements", arrow.statements(), statements);
      writeWithout(json, "without", arrow.without());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeResource(
      JsonGenerator json, PermissionMap.ResourceNode node, Map<String, Statement> statements)
      throws IOException {
    json.writeStartObject();
    writeTarget(json, node.resource());
    json.writeArrayFieldStart("access");
    for (PermissionMap.Access access : node.access()) {
      json.writeStartObject();
      json.writeStringField("who", access.who());
      if (access.from().isPresent()) {
        json.writeObjectFieldStart("from");
        writeTarget(json, access.from().get());
        json.writeEndObject();
      }
      json.writeFieldName("actions");
      writeValue(json, access.statement().actions().names());
      json.writeStringField("sentence", access.sentence());
      writeIds(json, "statements", List.of(access.statement()), statements);
      writeWithout(json, "without", access.without());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (node.redrive().isPresent()) {
      PermissionMap.Redrive redrive = node.redrive().get();
      json.writeObjectFieldStart("redrive");
      json.writeObjectFieldStart("to");
      writeTarget(json, redrive.to());
      json.writeEndObject();
      json.writeNumberField("receives", redrive.receives());
      json.writeStringField("sentence", redrive.sentence());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeWithout(JsonGenerator json, String name, PermissionMap.Without without)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeArrayFieldStart("uses");
    for (Need.Use use : without.uses()) {
      json.writeStartObject();
      json.writeStringField("action", use.request().action());
      json.writeObjectFieldStart("needs");
      for (Need need : use.needs()) {
        json.writeObjectFieldStart(need.statement().id());
        json.writeStringField("missing", need.missing());
        json.writeStringField("account", need.account());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("then", without.then());
    json.writeEndObject();
  }

  private static void writeTarget(JsonGenerator json, Target target) throws IOException {
    json.writeStringField("service", target.service());
    json.writeStringField("kind", target.kind());
    json.writeStringField("name", target.name());
    json.writeStringField("arn", target.arn());
    json.writeStringField("account", target.account());
  }

  /** Writes the ids, and takes note of the statements, which stand at the file's end once each. */
  private static void writeIds(
      JsonGenerator json, String name, List<Statement> ids, Map<String, Statement> statements)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Statement statement : ids) {
      statements.put(statement.id(), statement);
      json.writeString(statement.id());
    }
    json.writeEndArray();
  }

  private static String type(PolicyType type) {
    return switch (type) {
      case IDENTITY_BASED -> "identity-based";
      case RESOURCE_BASED -> "resource-based";
      case TRUST -> "trust";
    };
  }

  private static void writeStatement(JsonGenerator json, Map<String, Object> document)
      throws IOException {
    json.writeStartObject();
    for (String key : STATEMENT_KEYS) {
      if (document.containsKey(key)) {
        json.writeFieldName(key);
        writeValue(json, document.get(key));
      }
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName((String) entry.getKey());
          writeValue(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object item : list) {
          writeValue(json, item);
        }
        json.writeEndArray();
      }
      default -> json.writeString((String) value);
    }
  }
}
