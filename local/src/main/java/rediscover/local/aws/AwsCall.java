package rediscover.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rediscover.local.aws.Operations.Access;

/**
 * What a request asks for, in the words of policies.
 *
 * @param operation as the service calls it, such as {@code dynamodb:BatchWriteItem}
 * @param accesses all of which have to be allowed; empty if nobody here knows them
 * @param context what else policies may ask about it
 */
record AwsCall(
    String operation, Optional<List<Access>> accesses, Map<String, List<String>> context) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The parameters of a list of objects that are <a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html">condition
   * keys</a> as well.
   */
  private static final List<String> KEYS_OF_A_LIST = List.of("prefix", "delimiter", "max-keys");

  /** Reads the request; its body can be read once more afterwards. */
  static AwsCall read(String service, String region, String account, HttpExchange exchange)
      throws IOException {
    return switch (service) {
      case "s3" -> object(exchange);
      case "sns" -> {
        Map<String, String> form = Topics.form(body(exchange));
        yield new AwsCall(
            "sns:" + form.getOrDefault("Action", "unnamed"), Operations.ofTopic(form), Map.of());
      }
      default -> {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target == null ? "unnamed" : target.substring(target.indexOf('.') + 1);
        yield new AwsCall(
            service + ":" + operation,
            new Operations(region, account).of(service, operation, json(exchange)),
            Map.of());
      }
    };
  }

  private static AwsCall object(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath().substring(1);
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    var accesses =
        Operations.ofObject(
            method,
            path,
            new Operations.QueryNames(List.copyOf(query.keySet())),
            exchange.getRequestHeaders().keySet());
    Map<String, List<String>> context = new LinkedHashMap<>();
    if (accesses.isPresent() && accesses.get().getFirst().action().equals("s3:ListBucket")) {
      for (String key : KEYS_OF_A_LIST) {
        if (query.containsKey(key)) {
          context.put("s3:" + key, List.of(query.get(key)));
        }
      }
    }
    return new AwsCall("s3:" + method + " " + String.join("&", query.keySet()), accesses, context);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      query.put(
          nameAndValue[0],
          nameAndValue.length < 2
              ? ""
              : URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static JsonNode json(HttpExchange exchange) throws IOException {
    byte[] body = body(exchange);
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // It names nothing that a policy could allow; what is wrong with it, the service says.
      return MissingNode.getInstance();
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.setStreams(new ByteArrayInputStream(body), null);
    return body;
  }
}
