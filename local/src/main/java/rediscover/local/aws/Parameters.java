package rediscover.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * SSM's Parameter Store, as far as one parameter needs it: put, get and delete by name. No library
 * plays it. Values are kept in memory, and a SecureString is encrypted by nothing; but whoever does
 * not ask for decryption does not see its value, or it would be found out on AWS only.
 */
public final class Parameters implements AwsService {

  private record Parameter(String type, String value, long version) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENCRYPTED = "ask-with-decryption";

  private final Map<String, Parameter> parameters = new ConcurrentHashMap<>();
  private final String arnPrefix;

  public Parameters(String region, String accountId) {
    this.arnPrefix = "arn:aws:ssm:" + region + ":" + accountId + ":parameter/";
  }

  /** Puts a parameter as PutParameter does, over any that was there. */
  public void put(String name, String type, String value) {
    parameters.merge(
        name,
        new Parameter(type, value, 1),
        (old, fresh) -> new Parameter(fresh.type(), fresh.value(), old.version() + 1));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    JsonNode input = JSON.readTree(exchange.getRequestBody());
    String name = input.path("Name").asText();
    switch (target) {
      case "AmazonSSM.GetParameter" ->
          get(exchange, name, input.path("WithDecryption").asBoolean());
      case "AmazonSSM.GetParameters" ->
          get(exchange, input.path("Names"), input.path("WithDecryption").asBoolean());
      case "AmazonSSM.PutParameter" -> put(exchange, name, input);
      case "AmazonSSM.DeleteParameter" -> delete(exchange, name);
      case null, default ->
          error(exchange, "UnknownOperationException", "The embedded run has no " + target);
    }
  }

  private void get(HttpExchange exchange, String name, boolean decrypted) throws IOException {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      error(exchange, "ParameterNotFound", "Parameter " + name + " not found.");
      return;
    }
    Answers.json(exchange, 200, Map.of("Parameter", described(name, parameter, decrypted)));
  }

  private void get(HttpExchange exchange, JsonNode names, boolean decrypted) throws IOException {
    List<Map<String, Object>> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (JsonNode each : names) {
      String name = each.asText();
      Parameter parameter = parameters.get(name);
      if (parameter == null) {
        missing.add(name);
      } else {
        found.add(described(name, parameter, decrypted));
      }
    }
    Answers.json(exchange, 200, Map.of("Parameters", found, "InvalidParameters", missing));
  }

  private Map<String, Object> described(String name, Parameter parameter, boolean decrypted) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Name", name);
    answer.put("Type", parameter.type());
    boolean readable = decrypted || !parameter.type().equals("SecureString");
    answer.put("Value", readable ? parameter.value() : ENCRYPTED);
    answer.put("Version", parameter.version());
    answer.put("ARN", arnPrefix + name.replaceFirst("^/", ""));
    answer.put("DataType", "text");
    return answer;
  }

  private void put(HttpExchange exchange, String name, JsonNode input) throws IOException {
    if (parameters.containsKey(name) && !input.path("Overwrite").asBoolean()) {
      error(exchange, "ParameterAlreadyExists", "The parameter already exists.");
      return;
    }
    put(name, input.path("Type").asText("String"), input.path("Value").asText());
    Answers.json(exchange, 200, Map.of("Version", parameters.get(name).version()));
  }

  private void delete(HttpExchange exchange, String name) throws IOException {
    if (parameters.remove(name) == null) {
      error(exchange, "ParameterNotFound", "Parameter " + name + " not found.");
    } else {
      Answers.json(exchange, 200, Map.of());
    }
  }

  private static void error(HttpExchange exchange, String type, String message) throws IOException {
    Answers.json(exchange, 400, Map.of("__type", type, "message", message));
  }
}
