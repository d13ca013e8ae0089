package rediscover.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the operations of the services ask of policies: which actions, on which resources. An
 * operation that is about several resources needs its action on each of them.
 *
 * <p>The rows follow the <a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
 * Authorization Reference</a>, each service's own page of which stands above its rows. What has no
 * row here is not known, and nobody says that it is denied.
 */
final class Operations {

  /**
   * An action on a resource.
   *
   * @param action such as {@code dynamodb:PutItem}
   * @param resource its ARN, or {@code *} if the action is about none or the request names none
   */
  record Access(String action, String resource) {}

  /** Finds what an operation's input names. */
  @FunctionalInterface
  private interface Names extends BiFunction<Operations, JsonNode, List<Access>> {}

  private static final Map<String, Names> JSON_SERVICES =
      Map.ofEntries(
          // https://docs.aws.amazon.com/service-authorization/latest/reference/list_dynamodb.html
          table("GetItem"),
          table("PutItem"),
          table("UpdateItem"),
          table("DeleteItem"),
          table("DescribeTable"),
          table("Query"), // or an index
          table("Scan"),
          row("dynamodb:BatchGetItem", (here, in) -> here.tables("dynamodb:BatchGetItem", in)),
          row("dynamodb:BatchWriteItem", (here, in) -> here.tables("dynamodb:BatchWriteItem", in)),
          // As many single actions:
          // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
          row("dynamodb:TransactGetItems", Operations::transaction),
          row("dynamodb:TransactWriteItems", Operations::transaction),
          nothing("dynamodb:ListTables"),
          // https://docs.aws.amazon.com/service-authorization/latest/reference/list_sqs.html
          // A batch is as many of the single action:
          // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
          queue("SendMessage", "SendMessage"),
          queue("SendMessageBatch", "SendMessage"),
          queue("ReceiveMessage", "ReceiveMessage"),
          queue("DeleteMessage", "DeleteMessage"),
          queue("DeleteMessageBatch", "DeleteMessage"),
          queue("ChangeMessageVisibility", "ChangeMessageVisibility"),
          queue("ChangeMessageVisibilityBatch", "ChangeMessageVisibility"),
          queue("GetQueueAttributes", "GetQueueAttributes"),
          queue("SetQueueAttributes", "SetQueueAttributes"),
          queue("PurgeQueue", "PurgeQueue"),
          queue("DeleteQueue", "DeleteQueue"),
          queue("ListDeadLetterSourceQueues", "ListDeadLetterSourceQueues"),
          row("sqs:GetQueueUrl", Operations::queueByName),
          nothing("sqs:ListQueues"),
          // https://docs.aws.amazon.com/service-authorization/latest/reference/list_ssm.html
          row("ssm:GetParameter", (here, in) -> here.parameters("GetParameter", in.path("Name"))),
          row(
              "ssm:GetParameters",
              (here, in) -> here.parameters("GetParameters", in.path("Names"))),
          row(
              "ssm:DeleteParameter",
              (here, in) -> here.parameters("DeleteParameter", in.path("Name"))),
          row(
              "ssm:PutParameter",
              (here, in) ->
                  // With tags it would need ssm:AddTagsToResource as well.
                  in.has("Tags") ? null : here.parameters("PutParameter", in.path("Name"))),
          nothing("ssm:DescribeParameters"));

  private final String region;
  private final String account;

  Operations(String region, String account) {
    this.region = region;
    this.account = account;
  }

  /**
   * What an operation of DynamoDB, SQS or SSM asks.
   *
   * @return empty if that is not known
   */
  Optional<List<Access>> of(String service, String operation, JsonNode input) {
    return Optional.ofNullable(JSON_SERVICES.get(service + ":" + operation))
        .map(names -> names.apply(this, input));
  }

  /**
   * What an operation of SNS asks, by <a
   * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_sns.html">its
   * page</a>.
   *
   * @return empty if that is not known
   */
  static Optional<List<Access>> ofTopic(Map<String, String> form) {
    String topic = form.getOrDefault("TopicArn", form.getOrDefault("TargetArn", "*"));
    return switch (form.getOrDefault("Action", "")) {
      // A batch is as many of the single action; a message to a telephone is about no topic.
      case "Publish", "PublishBatch" -> one("sns:Publish", topic);
      case "GetTopicAttributes" -> one("sns:GetTopicAttributes", topic);
      case "ListSubscriptionsByTopic" -> one("sns:ListSubscriptionsByTopic", topic);
      case "ListTopics" -> one("sns:ListTopics", "*");
      default -> Optional.empty();
    };
  }

  /**
   * What a request of S3 asks, which has no name: <a
   * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html">its
   * page</a> and <a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">which
   * operation needs which permissions</a>.
   *
   * @param method GET, PUT and so on
   * @param path bucket and key, decoded, without the slash in front
   * @param query the names of the query's parameters
   * @param headers in lower case; some make an action of a second kind of it
   * @return empty if that is not known
   */
  static Optional<List<Access>> ofObject(
      String method, String path, QueryNames query, Iterable<String> headers) {
    for (String header : headers) {
      // A copy reads another object, and tags, lists of grants and locks have permissions of their
      // own.
      if (header
          .toLowerCase(Locale.ROOT)
          .matches("x-amz-(copy-source|tagging|acl|grant-|object-lock-).*")) {
        return Optional.empty();
      }
    }
    String[] bucketAndKey = path.split("/", 2);
    String arn = "arn:aws:s3:::" + path.replaceFirst("^([^/]*)/$", "$1");
    if (path.isEmpty()) {
      return method.equals("GET") && query.areOnly()
          ? one("s3:ListAllMyBuckets", "*")
          : Optional.empty();
    }
    boolean isObject = bucketAndKey.length == 2 && !bucketAndKey[1].isEmpty();
    String action = isObject ? onObject(method, query) : onBucket(method, query);
    return action.isEmpty() ? Optional.empty() : one("s3:" + action, arn);
  }

  private static String onObject(String method, QueryNames query) {
    boolean upload = query.has("uploadId");
    return switch (method) {
      case "GET" ->
          upload && query.areOnly("uploadId", "max-parts", "part-number-marker")
              ? "ListMultipartUploadParts"
              : reading(query);
      case "HEAD" -> reading(query);
      // The parts of a large object are written as one of one part is.
      case "PUT" ->
          query.areOnly() || upload && query.areOnly("uploadId", "partNumber") ? "PutObject" : "";
      case "POST" ->
          upload && query.areOnly("uploadId") || query.has("uploads") && query.areOnly("uploads")
              ? "PutObject"
              : "";
      case "DELETE" ->
          query.areOnly()
              ? "DeleteObject"
              : upload && query.areOnly("uploadId") ? "AbortMultipartUpload" : "";
      default -> "";
    };
  }

  private static String reading(QueryNames query) {
    boolean known =
        query.areOnly(
            "versionId",
            "partNumber",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires");
    return !known ? "" : query.has("versionId") ? "GetObjectVersion" : "GetObject";
  }

  private static String onBucket(String method, QueryNames query) {
    if (method.equals("GET") && query.has("location") && query.areOnly("location")) {
      return "GetBucketLocation";
    }
    if (method.equals("GET")
        && query.has("uploads")
        && query.areOnly(
            "uploads",
            "delimiter",
            "encoding-type",
            "key-marker",
            "max-uploads",
            "prefix",
            "upload-id-marker")) {
      return "ListBucketMultipartUploads";
    }
    boolean lists =
        method.equals("HEAD") && query.areOnly()
            || method.equals("GET")
                && query.areOnly(
                    "continuation-token",
                    "delimiter",
                    "encoding-type",
                    "fetch-owner",
                    "list-type",
                    "marker",
                    "max-keys",
                    "prefix",
                    "start-after");
    return lists ? "ListBucket" : "";
  }

  /** The names of a query's parameters. */
  record QueryNames(List<String> names) {

    boolean has(String name) {
      return names.contains(name);
    }

    /** Whether there are no others; {@code x-id} only repeats the operation's name. */
    boolean areOnly(String... known) {
      return names.stream().allMatch(name -> name.equals("x-id") || List.of(known).contains(name));
    }
  }

  private static Map.Entry<String, Names> row(String operation, Names names) {
    return Map.entry(operation, names);
  }

  private static Map.Entry<String, Names> nothing(String operation) {
    return row(operation, (here, input) -> List.of(new Access(operation, "*")));
  }

  private static Map.Entry<String, Names> table(String operation) {
    String action = "dynamodb:" + operation;
    return row(
        action,
        (here, input) -> {
          String table = here.tableArn(input.path("TableName").asText());
          // An index is a resource of its own, which the table's ARN does not cover.
          String index = input.path("IndexName").asText();
          return List.of(new Access(action, index.isEmpty() ? table : table + "/index/" + index));
        });
  }

  private static Map.Entry<String, Names> queue(String operation, String action) {
    return row(
        "sqs:" + operation,
        (here, input) ->
            List.of(new Access("sqs:" + action, here.queueArn(input.path("QueueUrl").asText()))));
  }

  private List<Access> tables(String action, JsonNode input) {
    List<Access> tables = new ArrayList<>();
    input
        .path("RequestItems")
        .fieldNames()
        .forEachRemaining(name -> tables.add(new Access(action, tableArn(name))));
    return orNothing(tables, action);
  }

  private static List<Access> transaction(Operations here, JsonNode input) {
    List<Access> accesses = new ArrayList<>();
    for (JsonNode item : input.path("TransactItems")) {
      item.properties()
          .forEach(
              operation -> {
                String action =
                    operation.getKey().equals("ConditionCheck")
                        ? "ConditionCheckItem"
                        : operation.getKey() + "Item";
                accesses.add(
                    new Access(
                        "dynamodb:" + action,
                        here.tableArn(operation.getValue().path("TableName").asText())));
              });
    }
    return orNothing(accesses.stream().distinct().toList(), "dynamodb:PutItem");
  }

  private List<Access> parameters(String action, JsonNode names) {
    List<Access> parameters = new ArrayList<>();
    for (JsonNode name : names.isArray() ? names : List.of(names)) {
      parameters.add(new Access("ssm:" + action, parameterArn(name.asText())));
    }
    return orNothing(parameters, "ssm:" + action);
  }

  private static List<Access> queueByName(Operations here, JsonNode input) {
    String name = input.path("QueueName").asText();
    String owner = input.path("QueueOwnerAWSAccountId").asText(here.account);
    String arn = "arn:aws:sqs:" + here.region + ":" + owner + ":" + name;
    return List.of(new Access("sqs:GetQueueUrl", name.isEmpty() ? "*" : arn));
  }

  /** What names nothing is about nothing: what is wrong with it, the service says. */
  private static List<Access> orNothing(List<Access> accesses, String action) {
    return accesses.isEmpty() ? List.of(new Access(action, "*")) : accesses;
  }

  private String tableArn(String name) {
    return named("arn:aws:dynamodb:" + region + ":" + account + ":table/", name);
  }

  /** A leading slash is not doubled: parameter//a/b becomes parameter/a/b. */
  private String parameterArn(String name) {
    String prefix = "arn:aws:ssm:" + region + ":" + account + ":parameter/";
    return named(prefix, name.replaceFirst("^/", ""));
  }

  /** A queue's URL ends in its account and name. */
  private String queueArn(String url) {
    String[] parts = url.split("/");
    return parts.length < 2
        ? "*"
        : "arn:aws:sqs:" + region + ":" + parts[parts.length - 2] + ":" + parts[parts.length - 1];
  }

  private static String named(String prefix, String name) {
    return name.isEmpty() ? "*" : name.startsWith("arn:") ? name : prefix + name;
  }

  private static Optional<List<Access>> one(String action, String resource) {
    return Optional.of(List.of(new Access(action, resource)));
  }
}
