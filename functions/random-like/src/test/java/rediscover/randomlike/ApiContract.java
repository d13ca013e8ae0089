package rediscover.randomlike;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** docs/openapi.yaml, to hold the answers to {@code GET /u/{name}} against. */
public final class ApiContract {

  private static final String DOCUMENT = "urn:rediscover:openapi";
  private static final String OPERATION = "/paths/~1u~1{name}/get";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Map<String, Schema> schemaAt = new ConcurrentHashMap<>();

  private ApiContract(String yaml) throws IOException {
    this.document = new YAMLMapper().readTree(yaml);
    this.schemas =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi31(),
            registry -> registry.schemas(Map.of(DOCUMENT, document.toString())));
  }

  /** Reads the document. */
  public static ApiContract read(Path file) throws IOException {
    return new ApiContract(Files.readString(file));
  }

  /** Every status that an answer may have. */
  public Set<Integer> statuses() {
    Set<Integer> statuses = new TreeSet<>();
    document
        .at(OPERATION + "/responses")
        .fieldNames()
        .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
    return statuses;
  }

  /** Whether a parameter of this name may have this value. */
  public boolean allows(String parameter, String value) {
    JsonNode parameters = document.at(OPERATION + "/parameters");
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).path("name").asText().equals(parameter)) {
        String schema = OPERATION + "/parameters/" + i + "/schema";
        return schema(schema).validate(TextNode.valueOf(value)).isEmpty();
      }
    }
    throw new IllegalArgumentException("there is no parameter " + parameter);
  }

  /**
   * What of an answer is not as the document says; nothing, if all is.
   *
   * @param headers by lower-case name
   */
  public List<String> faults(int status, Map<String, String> headers, String body) {
    String response = OPERATION + "/responses/" + status;
    if (document.at(response).isMissingNode()) {
      return List.of("status " + status);
    }
    List<String> faults = new ArrayList<>();
    document
        .at(response + "/headers")
        .fieldNames()
        .forEachRemaining(
            name -> headerFault(name, target(response + "/headers/" + name), headers, faults));
    String mediaType = headers.getOrDefault("content-type", "none");
    String content = response + "/content/" + mediaType.replace("/", "~1");
    if (document.at(content).isMissingNode()) {
      faults.add("media type " + mediaType);
    } else {
      bodyFaults(content, status, body, faults);
    }
    return faults;
  }

  private void headerFault(
      String name, String header, Map<String, String> headers, List<String> faults) {
    String value = headers.get(name.toLowerCase(Locale.ROOT));
    boolean wrong =
        value == null
            ? document.at(header).path("required").asBoolean()
            : !schema(header + "/schema").validate(TextNode.valueOf(value)).isEmpty();
    if (wrong) {
      faults.add("header " + name + ": " + value);
    }
  }

  private void bodyFaults(String content, int status, String body, List<String> faults) {
    try {
      JsonNode json = JSON.readTree(body);
      schema(content + "/schema").validate(json).forEach(error -> faults.add(error.toString()));
      if (json.path("status").asInt(status) != status) {
        faults.add("status in the body: " + json.path("status"));
      }
    } catch (JsonProcessingException e) {
      faults.add("no JSON: " + body);
    }
  }

  private Schema schema(String pointer) {
    return schemaAt.computeIfAbsent(
        pointer,
        place ->
            schemas.getSchema(
                SchemaLocation.of(DOCUMENT + "#" + place.replace("{", "%7B").replace("}", "%7D"))));
  }

  /** Where a reference leads to, if there is one. */
  private String target(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isMissingNode() ? pointer : reference.asText().substring("#".length());
  }
}
