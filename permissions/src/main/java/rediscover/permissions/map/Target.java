package rediscover.permissions.map;

import java.util.Map;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/**
 * What an arrow of the map starts from or points to.
 *
 * @param arn its ARN, with a star where a policy leaves a part open
 * @param service such as {@code SQS}
 * @param kind such as {@code queue}
 * @param name the logical id, or for what is not in the template its name
 * @param account the account that owns it
 */
record Target(String arn, String service, String kind, String name, String account) {

  /** The service that an ARN names, and what Rediscover's templates have of it. */
  private static final Map<String, String[]> KINDS =
      Map.of(
          "dynamodb", new String[] {"DynamoDB", "table"},
          "execute-api", new String[] {"API Gateway", "route"},
          "lambda", new String[] {"Lambda", "function"},
          "logs", new String[] {"CloudWatch Logs", "log group"},
          "s3", new String[] {"S3", "bucket"},
          "sns", new String[] {"SNS", "topic"},
          "sqs", new String[] {"SQS", "queue"},
          "ssm", new String[] {"SSM", "parameter"});

  static Target of(String arn, Template template, String ownAccount) {
    String[] parts = arn.split(":", 6);
    String[] serviceAndKind = KINDS.get(parts[2]);
    if (serviceAndKind == null) {
      throw new IllegalArgumentException("The map cannot show " + arn);
    }
    String account = parts[4].isEmpty() ? ownAccount : parts[4];
    String name = name(arn, parts[5], serviceAndKind[1], template);
    return new Target(arn, serviceAndKind[0], serviceAndKind[1], name, account);
  }

  private static String name(String arn, String resource, String kind, Template template) {
    return switch (kind) {
      // api/stage/GET/u/*
      case "route" -> resource.replaceFirst("[^/]*/[^/]*/([^/]*)", "$1 ");
      case "parameter" -> resource.replaceFirst("parameter/", "");
      default ->
          template.resources().values().stream()
              .filter(candidate -> candidate.physicalId().isPresent())
              .filter(candidate -> candidate.physicalId().get().arn().equals(withoutObjects(arn)))
              .map(Resource::logicalId)
              .findFirst()
              .orElse(resource);
    };
  }

  private static String withoutObjects(String arn) {
    return arn.endsWith("/*") ? arn.substring(0, arn.length() - 2) : arn;
  }
}
