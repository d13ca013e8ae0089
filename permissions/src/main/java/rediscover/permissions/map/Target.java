package rediscover.permissions.map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/**
 * The start or the end of an arrow.
 *
 * @param service such as {@code SQS}
 * @param kind such as {@code queue}
 * @param name its logical id, or its physical name if no template has it
 * @param arn its ARN, perhaps with wildcards
 * @param account the account that owns it
 * @param foreign whether another account owns it than the functions'
 */
record Target(
    String service,
    String kind,
    String name,
    String arn,
    String account,
    @JsonIgnore boolean foreign) {

  private static final Pattern AUTHORIZER =
      Pattern.compile("(arn:[^:]+:execute-api:.+)/authorizers/.+");

  /** The services of the application's ARNs, and its kind of resource in each. */
  private static final Map<String, String[]> KINDS =
      Map.of(
          "authorizer", new String[] {"API Gateway", "authorizer"},
          "dynamodb", new String[] {"DynamoDB", "table"},
          "execute-api", new String[] {"API Gateway", "route"},
          "lambda", new String[] {"Lambda", "function"},
          "logs", new String[] {"CloudWatch Logs", "log group"},
          "s3", new String[] {"S3", "bucket"},
          "sns", new String[] {"SNS", "topic"},
          "sqs", new String[] {"SQS", "queue"},
          "ssm", new String[] {"SSM", "parameter"});

  static Target of(String arn, List<Template> templates, String ownAccount) {
    String[] parts = arn.split(":", 6);
    String[] serviceAndKind =
        KINDS.get(AUTHORIZER.matcher(arn).matches() ? "authorizer" : parts[2]);
    if (serviceAndKind == null) {
      throw new IllegalArgumentException("The map cannot show " + arn);
    }
    String account = parts[4].isEmpty() ? ownAccount : parts[4];
    String name = name(arn, parts[5], serviceAndKind[1], templates);
    boolean foreign = !account.equals(ownAccount);
    return new Target(serviceAndKind[0], serviceAndKind[1], name, arn, account, foreign);
  }

  private static String name(String arn, String resource, String kind, List<Template> templates) {
    return switch (kind) {
      // api/stage/GET/u/*
      case "route" -> resource.replaceFirst("[^/]*/[^/]*/([^/]*)", "$1 ");
      case "authorizer" ->
          logicalId(AUTHORIZER.matcher(arn).replaceFirst("$1"), templates).orElse(resource);
      case "parameter" -> resource.replaceFirst("parameter/", "");
      default -> logicalId(withoutObjects(arn), templates).orElse(resource);
    };
  }

  private static Optional<String> logicalId(String arn, List<Template> templates) {
    return templates.stream()
        .flatMap(template -> template.resources().values().stream())
        .filter(candidate -> candidate.physicalId().isPresent())
        .filter(candidate -> candidate.physicalId().get().arn().equals(arn))
        .map(Resource::logicalId)
        .findFirst();
  }

  private static String withoutObjects(String arn) {
    return arn.endsWith("/*") ? arn.substring(0, arn.length() - 2) : arn;
  }
}
