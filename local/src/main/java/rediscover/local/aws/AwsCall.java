package rediscover.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Fields;
import rediscover.local.aws.Operations.Access;
import rediscover.local.http.Exchange;

/**
 * A request in the terms of policies.
 *
 * @param operation in the service's own terms, such as {@code dynamodb:BatchWriteItem}
 * @param accesses all of which must be allowed; empty if they are not known
 * @param context further condition keys with their values
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

  /** Reads the request. */
  static AwsCall read(String service, String region, String account, Exchange exchange)
      throws IOException {
    return switch (service) {
      case "s3" -> object(exchange);
      case "sns" -> {
        Map<String, String> form = Topics.form(exchange.body());
        yield new AwsCall(
            "sns:" + form.getOrDefault("Action", "unnamed"), Operations.ofTopic(form), Map.of());
      }
      default -> {
        String target = exchange.headers().get("X-Amz-Target");
        String operation = target == null ? "unnamed" : target.substring(target.indexOf('.') + 1);
        yield new AwsCall(
            service + ":" + operation,
            new Operations(region, account).of(service, operation, json(exchange)),
            Map.of());
      }
    };
  }

  private static AwsCall object(Exchange exchange) {
    String method = exchange.method();
    String path = exchange.uri().getPath().substring(1);
    Fields query = exchange.query();
    var accesses =
        Operations.ofObject(
            method, path, query.getNames(), exchange.headers().getFieldNamesCollection());
    Map<String, List<String>> context = new LinkedHashMap<>();
    if (accesses.isPresent() && accesses.get().getFirst().action().equals("s3:ListBucket")) {
      for (String key : KEYS_OF_A_LIST) {
        if (query.get(key) != null) {
          context.put("s3:" + key, List.of(query.getValue(key)));
        }
      }
    }
    return new AwsCall(
        "s3:" + method + " " + String.join("&", query.getNames()), accesses, context);
  }

  private static JsonNode json(Exchange exchange) throws IOException {
    try {
      return JSON.readTree(exchange.body());
    } catch (JsonProcessingException e) {
      // It names no resource; the service reports what is wrong with it.
      return MissingNode.getInstance();
    }
  }
}
