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
      writeArrows(json, "invokedBy", function.invokedBy(), statements);
      writeArrows(json, "mayCall", function.mayCall(), statements);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("statements");
    for (Statement statement : statements.values()) {
      json.writeObjectFieldStart(statement.id());
      json.writeStringField("type", statement.type().inMessages());
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
      json.writeStringField("service", arrow.other().service());
      json.writeStringField("kind", arrow.other().kind());
      json.writeStringField("name", arrow.other().name());
      json.writeStringField("arn", arrow.other().arn());
      json.writeStringField("account", arrow.other().account());
      json.writeFieldName("actions");
      writeValue(json, arrow.actions());
      json.writeStringField("sentence", arrow.sentence());
      json.writeArrayFieldStart("statements");
      for (Statement statement : arrow.statements()) {
        statements.put(statement.id(), statement);
        json.writeString(statement.id());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
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
