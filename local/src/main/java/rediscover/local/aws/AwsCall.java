package rediscover.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rediscover.local.http.Exchange;

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
  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** Query parameters that leave an action what it is; others, such as acl, make another of it. */
  private static final Set<String> OF_GET_OBJECT =
      Set.of(
          "partNumber",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "x-id");

  private static final Set<String> OF_LIST_BUCKET =
      Set.of(
          "continuation-token",
          "delimiter",
          "encoding-type",
          "fetch-owner",
          "list-type",
          "marker",
          "max-keys",
          "prefix",
          "start-after",
          "x-id");

  /** Reads the request. */
  static AwsCall read(String service, String region, String account, Exchange exchange)
      throws IOException {
    String arn = "arn:aws:" + service + ":" + region + ":" + account + ":";
    return switch (service) {
      case "dynamodb" -> {
        JsonNode input = json(exchange);
        String table = named(arn + "table/", input.path("TableName").asText());
        // An index is a resource of its own, which the table's ARN does not cover.
        String index = input.path("IndexName").asText();
        yield new AwsCall(
            service + ":" + target(exchange), index.isEmpty() ? table : table + "/index/" + index);
      }
      case "sqs" -> {
        String queue = json(exchange).path("QueueUrl").asText();
        yield new AwsCall(service + ":" + single(target(exchange)), queueArn(region, queue));
      }
      case "ssm" -> {
        String name = json(exchange).path("Name").asText().replaceFirst("^/", "");
        yield new AwsCall(service + ":" + target(exchange), named(arn + "parameter/", name));
      }
      case "sns" -> {
        Map<String, String> form = Topics.form(exchange.body());
        yield new AwsCall(
            service + ":" + single(form.getOrDefault("Action", UNKNOWN)),
            form.getOrDefault("TopicArn", form.getOrDefault("TargetArn", "*")));
      }
      case "s3" -> object(exchange);
      default -> new AwsCall(service + ":" + UNKNOWN, "*");
    };
  }

  /** S3 has no action in its requests: method and path say it. */
  private static AwsCall object(Exchange exchange) {
    String[] path = exchange.uri().getPath().substring(1).split("/", 2);
    Set<String> query = queryNames(exchange);
    boolean object = path.length == 2 && !path[1].isEmpty();
    String arn = "arn:aws:s3:::" + (object ? path[0] + "/" + path[1] : path[0]);
    String method = exchange.method();
    if (object && READS.contains(method) && OF_GET_OBJECT.containsAll(query)) {
      return new AwsCall("s3:GetObject", arn);
    }
    // A copy reads another object as well.
    boolean copies = exchange.headers().contains("x-amz-copy-source");
    if (object && method.equals("PUT") && query.isEmpty() && !copies) {
      return new AwsCall("s3:PutObject", arn);
    }
    if (object && method.equals("DELETE") && query.isEmpty()) {
      return new AwsCall("s3:DeleteObject", arn);
    }
    if (!object && READS.contains(method) && OF_LIST_BUCKET.containsAll(query)) {
      return new AwsCall("s3:ListBucket", arn);
    }
    return new AwsCall("s3:" + UNKNOWN, arn);
  }

  private static Set<String> queryNames(Exchange exchange) {
    String query = exchange.uri().getRawQuery();
    return query == null
        ? Set.of()
        : Stream.of(query.split("&"))
            .map(pair -> pair.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
  }

  /** A batch is so many of the single action to a policy. */
  private static String single(String action) {
    return action.replaceFirst("Batch$", "");
  }

  private static String target(Exchange exchange) {
    String target = exchange.headers().get("X-Amz-Target");
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

  private static JsonNode json(Exchange exchange) throws IOException {
    try {
      return JSON.readTree(exchange.body());
    } catch (JsonProcessingException e) {
      // It names nothing that a policy could allow; what is wrong with it, the service says.
      return MissingNode.getInstance();
    }
  }
}
