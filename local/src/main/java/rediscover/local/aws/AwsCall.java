package rediscover.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks for, in the words of a policy. A request that is not understood becomes one
 * that no policy allows.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN, or {@code *} if there is none or more than one
 */
record AwsCall(String action, String resource) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNKNOWN = "Unknown";
  private static final Set<String> OBJECT_READS = Set.of("GET", "HEAD");

  /** Reads the request; its body can be read once more afterwards. */
  static AwsCall read(String service, String region, String account, HttpExchange exchange)
      throws IOException {
    String arn = "arn:aws:" + service + ":" + region + ":" + account + ":";
    return switch (service) {
      case "dynamodb" -> {
        String table = json(exchange).path("TableName").asText();
        yield new AwsCall(service + ":" + target(exchange), named(arn + "table/", table));
      }
      case "sqs" -> {
        String queue = json(exchange).path("QueueUrl").asText();
        yield new AwsCall(
            // A batch is so many of the single action to a policy.
            service + ":" + target(exchange).replaceFirst("Batch$", ""), queueArn(region, queue));
      }
      case "ssm" -> {
        String name = json(exchange).path("Name").asText().replaceFirst("^/", "");
        yield new AwsCall(service + ":" + target(exchange), named(arn + "parameter/", name));
      }
      case "sns" -> {
        Map<String, String> form = Topics.form(body(exchange));
        yield new AwsCall(
            service + ":" + form.getOrDefault("Action", UNKNOWN),
            form.getOrDefault("TopicArn", "*"));
      }
      case "s3" -> object(exchange);
      default -> new AwsCall(service + ":" + UNKNOWN, "*");
    };
  }

  /** S3 has no action in its requests: method and path say it. */
  private static AwsCall object(HttpExchange exchange) {
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
    boolean plain = exchange.getRequestURI().getRawQuery() == null;
    boolean object = path.length == 2 && !path[1].isEmpty();
    String arn = "arn:aws:s3:::" + (object ? path[0] + "/" + path[1] : path[0]);
    String method = exchange.getRequestMethod();
    if (object && OBJECT_READS.contains(method)) {
      return new AwsCall("s3:GetObject", arn);
    }
    if (object && plain && method.equals("PUT")) {
      return new AwsCall("s3:PutObject", arn);
    }
    if (object && plain && method.equals("DELETE")) {
      return new AwsCall("s3:DeleteObject", arn);
    }
    return new AwsCall(object || !method.equals("GET") ? "s3:" + UNKNOWN : "s3:ListBucket", arn);
  }

  private static String target(HttpExchange exchange) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    return target == null ? UNKNOWN : target.substring(target.indexOf('.') + 1);
  }

  private static String named(String prefix, String name) {
    return name.isEmpty() ? "*" : name.startsWith("arn:") ? name : prefix + name;
  }

  /** A queue's URL ends in its account and name. */
  private static String queueArn(String region, String url) {
    String[] parts = url.split("/");
    return parts.length < 2
        ? "*"
        : "arn:aws:sqs:" + region + ":" + parts[parts.length - 2] + ":" + parts[parts.length - 1];
  }

  private static JsonNode json(HttpExchange exchange) throws IOException {
    return JSON.readTree(body(exchange));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.setStreams(new ByteArrayInputStream(body), null);
    return body;
  }
}
