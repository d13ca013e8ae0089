package rediscover.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import rediscover.local.http.Exchange;

/**
 * SSM's Parameter Store as far as a few parameters need it: put, get and delete by name. No
 * embeddable library exists for it. Values stay in memory, and nothing encrypts a SecureString; but
 * a caller that does not ask for decryption does not get its value, as on AWS.
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
  public void handle(Exchange exchange) throws IOException {
    String target = exchange.headers().get("X-Amz-Target");
    JsonNode input = JSON.readTree(exchange.input());
    String name = input.path("Name").asText();
    switch (target) {
      case "AmazonSSM.GetParameter" ->
          get(exchange, name, input.path("WithDecryption").asBoolean());
      case "AmazonSSM.PutParameter" -> put(exchange, name, input);
      case "AmazonSSM.DeleteParameter" -> delete(exchange, name);
      case null, default ->
          error(exchange, "UnknownOperationException", "The embedded run has no " + target);
    }
  }

  private void get(Exchange exchange, String name, boolean decrypted) throws IOException {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      error(exchange, "ParameterNotFound", "Parameter " + name + " not found.");
      return;
    }
    Answers.json(exchange, 200, Map.of("Parameter", described(name, parameter, decrypted)));
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

  private void put(Exchange exchange, String name, JsonNode input) throws IOException {
    if (parameters.containsKey(name) && !input.path("Overwrite").asBoolean()) {
      error(exchange, "ParameterAlreadyExists", "The parameter already exists.");
      return;
    }
    put(name, input.path("Type").asText("String"), input.path("Value").asText());
    Answers.json(exchange, 200, Map.of("Version", parameters.get(name).version()));
  }

  private void delete(Exchange exchange, String name) throws IOException {
    if (parameters.remove(name) == null) {
      error(exchange, "ParameterNotFound", "Parameter " + name + " not found.");
    } else {
      Answers.json(exchange, 200, Map.of());
    }
  }

  private static void error(Exchange exchange, String type, String message) throws IOException {
    Answers.json(exchange, 400, Map.of("__type", type, "message", message));
  }
}
