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
import java.util.TreeMap;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/** Writes the map's data, {@code public/permissions.json}, from the template. */
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

  private PermissionMapFile() {}

  /**
   * Writes the file.
   *
   * @param arguments the template and the file to write
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("Say which template to read and which file to write");
    }
    Files.writeString(Path.of(arguments[1]), json(Path.of(arguments[0])));
  }

  /** The file's text, for the account of AWS's documentation: the map shows no account of yours. */
  static String json(Path template) {
    Deployment deployment = Deployment.onAws("rediscover", "us-east-1", "123456789012");
    return json(PermissionMap.of(Template.read(template, deployment, Map.of())));
  }

  static String json(PermissionMap map) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      json.setPrettyPrinter(printer);
      write(json, map);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, PermissionMap map) throws IOException {
    Map<String, Statement> statements = new TreeMap<>();
    json.writeStartObject();
    json.writeArrayFieldStart("functions");
    for (PermissionMap.FunctionNode function : map.functions()) {
      json.writeStartObject();
      json.writeStringField("id", function.id());
      json.writeStringField("name", function.name());
      json.writeStringField("role", function.role());
      json.writeStringField("account", function.account());
      writeIds(json, "trust", function.trust(), statements);
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
