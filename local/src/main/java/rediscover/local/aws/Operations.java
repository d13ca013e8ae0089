package rediscover.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The actions and resources that policies must allow for each operation of the services. An
 * operation on several resources needs its action on each of them.
 *
 * <p>The rows follow the <a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
 * Authorization Reference</a>; a link to the service's page is above its rows. An operation without
 * a row is refused as not supported, not as denied.
 */
record Operations(String region, String account) {

  /**
   * An action on a resource.
   *
   * @param action such as {@code dynamodb:PutItem}
   * @param resource its ARN, or {@code *} if the action is about none or the request names none
   */
  record Access(String action, String resource) {}

  /** Finds the accesses that an operation's input names. */
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

  private static final Map<String, String> ON_AN_OBJECT =
      Map.of("GET", "GetObject", "HEAD", "GetObject", "PUT", "PutObject", "DELETE", "DeleteObject");

  private static final Map<String, String> ON_A_BUCKET =
      Map.of("GET", "ListBucket", "HEAD", "ListBucket");

  /** Clients add {@code x-id}, which only repeats the operation's name. */
  private static final Set<String> OF_AN_OBJECT = Set.of("x-id");

  private static final Set<String> OF_A_LIST =
      Set.of(
          "x-id",
          "continuation-token",
          "delimiter",
          "encoding-type",
          "fetch-owner",
          "list-type",
          "marker",
          "max-keys",
          "prefix",
          "start-after");

  /** A copy, for example, reads another object. */
  private static final Pattern OTHER_OPERATION =
      Pattern.compile("(?i)x-amz-(copy-source|tagging|acl|grant-|object-lock-).*");

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
   * operation needs which permissions</a>. Uploads in parts, versions, tags, grants and locks have
   * permissions of their own, and no row here.
   *
   * @param path bucket and key, decoded, without the leading slash
   * @param query the names of the query's parameters
   * @param headers names; some turn an operation into another one
   * @return empty if that is not known
   */
  static Optional<List<Access>> ofObject(
      String method, String path, Set<String> query, Iterable<String> headers) {
    for (String header : headers) {
      if (OTHER_OPERATION.matcher(header).matches()) {
        return Optional.empty();
      }
    }
    String bucket = path.replaceFirst("/$", "");
    boolean isObject = bucket.contains("/");
    String action = (isObject ? ON_AN_OBJECT : ON_A_BUCKET).get(method);
    boolean isKnown = (isObject ? OF_AN_OBJECT : OF_A_LIST).containsAll(query);
    return action == null || !isKnown || bucket.isEmpty()
        ? Optional.empty()
        : one("s3:" + action, "arn:aws:s3:::" + (isObject ? path : bucket));
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

  /** A request without a resource is about none; the service reports what is wrong with it. */
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
