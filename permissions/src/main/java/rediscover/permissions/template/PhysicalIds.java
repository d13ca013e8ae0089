package rediscover.permissions.template;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The physical ids of a template's resources. They depend only on the stack and on name properties,
 * so that resources may refer to each other.
 *
 * <p>A generated name is the stack's name and the logical id, without AWS's random suffix: it stays
 * the same at every start.
 */
final class PhysicalIds {

  private final Map<String, Map<String, Object>> declared;
  private final Deployment deployment;
  private final Set<String> inProgress = new HashSet<>();

  PhysicalIds(Map<String, Map<String, Object>> declared, Deployment deployment) {
    this.declared = declared;
    this.deployment = deployment;
  }

  /**
   * The physical id of a resource that is referred to.
   *
   * @param place the place of the reference
   */
  PhysicalId of(String logicalId, Resolver resolver, Place place) {
    Map<String, Object> resource = declared.get(logicalId);
    if (resource == null) {
      throw place.refuse("unknown parameter or resource " + logicalId);
    }
    if (resource.get("Condition") instanceof String condition
        && !resolver.holds(condition, place)) {
      throw place.refuse("condition " + condition + " excludes resource " + logicalId);
    }
    return find(logicalId, resolver, place)
        .orElseThrow(
            () ->
                place.refuse("Ref and GetAtt are not supported for type " + resource.get("Type")));
  }

  /** The physical id of a declared resource; empty if its type is not supported. */
  Optional<PhysicalId> find(String logicalId, Resolver resolver, Place place) {
    if (!inProgress.add(logicalId)) {
      throw place.refuse("the name of resource " + logicalId + " refers to itself");
    }
    Place at = Place.top(place.file()).child("Resources").child(logicalId);
    Optional<PhysicalId> id =
        Optional.ofNullable(new Naming(logicalId, declared.get(logicalId), resolver, at).id());
    inProgress.remove(logicalId);
    return id;
  }

  /** Generates the physical id of one resource by the rules of its type. */
  private final class Naming {

    private final String logicalId;
    private final String type;
    private final Map<String, Object> properties;
    private final Resolver resolver;
    private final Place place;

    Naming(String logicalId, Map<String, Object> resource, Resolver resolver, Place place) {
      this.logicalId = logicalId;
      this.type = place.child("Type").string(resource.get("Type"));
      this.properties = place.section(resource, "Properties");
      this.resolver = resolver;
      this.place = place.child("Properties");
    }

    /** Ref and GetAtt as AWS's reference of the type documents them; null for other types. */
    PhysicalId id() {
      return switch (type) {
        case "AWS::CloudFront::Distribution" -> {
          String id = generatedName();
          yield new PhysicalId(
              id,
              "arn:%s:cloudfront::%s:distribution/%s"
                  .formatted(deployment.partition(), deployment.accountId(), id),
              Map.of("DomainName", apiId(id) + ".cloudfront.net"));
        }
        case "AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::ResponseHeadersPolicy" -> {
          String id = generatedName();
          yield new PhysicalId(id, "", Map.of("Id", id));
        }
        case "AWS::CloudWatch::Alarm" -> named("AlarmName", "cloudwatch", "alarm:%s");
        case "AWS::CloudWatch::Dashboard" -> new PhysicalId(name("DashboardName"), "", Map.of());
        case "AWS::DynamoDB::Table" -> named("TableName", "dynamodb", "table/%s");
        case "AWS::IAM::ManagedPolicy" -> {
          String arn = iamArn("policy", name("ManagedPolicyName"));
          yield new PhysicalId(arn, arn, Map.of());
        }
        case "AWS::IAM::Role" -> {
          String name = name("RoleName");
          String arn = iamArn("role", name);
          yield new PhysicalId(name, arn, Map.of("Arn", arn, "RoleId", roleId(name)));
        }
        case "AWS::Serverless::Function" -> named("FunctionName", "lambda", "function:%s");
        case "AWS::Logs::LogGroup" -> named("LogGroupName", "logs", "log-group:%s:*");
        case "AWS::S3::Bucket" -> {
          String name = property("BucketName", generatedName().toLowerCase(Locale.ROOT));
          String arn = "arn:" + deployment.partition() + ":s3:::" + name;
          String domain = name + ".s3." + deployment.region() + "." + deployment.urlSuffix();
          yield new PhysicalId(name, arn, Map.of("Arn", arn, "RegionalDomainName", domain));
        }
        case "AWS::SNS::Topic" -> {
          String name = name("TopicName");
          String arn = arn("sns", name);
          yield new PhysicalId(arn, arn, Map.of("TopicArn", arn, "TopicName", name));
        }
        case "AWS::SQS::Queue" -> {
          String name = name("QueueName");
          String arn = arn("sqs", name);
          String url = deployment.queueUrl(name);
          yield new PhysicalId(url, arn, Map.of("Arn", arn, "QueueName", name, "QueueUrl", url));
        }
        case "AWS::Serverless::HttpApi" -> {
          String id = apiId(generatedName());
          String host = id + ".execute-api." + deployment.region() + "." + deployment.urlSuffix();
          yield new PhysicalId(
              id, arn("execute-api", id), Map.of("ApiId", id, "ApiEndpoint", "https://" + host));
        }
        default -> null;
      };
    }

    /** A resource whose {@code Ref} is its name, and whose only attribute is its ARN. */
    private PhysicalId named(String property, String service, String resource) {
      String name = name(property);
      String arn = arn(service, resource.formatted(name));
      return new PhysicalId(name, arn, Map.of("Arn", arn));
    }

    private String arn(String service, String resource) {
      return deployment.arn(service, resource);
    }

    private String iamArn(String kind, String name) {
      String account = deployment.partition() + ":iam::" + deployment.accountId();
      return "arn:" + account + ":" + kind + property("Path", "/") + name;
    }

    private String name(String property) {
      return property(property, generatedName());
    }

    private String property(String name, String otherwise) {
      if (!properties.containsKey(name)) {
        return otherwise;
      }
      // As the entry of a map, AWS::NoValue may remove it.
      Map<String, Object> entry = Map.of(name, properties.get(name));
      Object value = place.map(resolver.resolve(entry, place)).get(name);
      return value == null ? otherwise : place.child(name).string(value);
    }

    private String generatedName() {
      return deployment.stackName() + "-" + logicalId;
    }
  }

  /** Ten letters and digits like API Gateway's, always the same for a name. */
  private static String apiId(String name) {
    return hash(name).substring(0, 10);
  }

  /** 21 letters and digits like IAM's, always the same for a name. */
  private static String roleId(String name) {
    return "AROA" + hash(name).substring(0, 17).toUpperCase(Locale.ROOT);
  }

  private static String hash(String name) {
    UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return hash.toString().replace("-", "");
  }
}
