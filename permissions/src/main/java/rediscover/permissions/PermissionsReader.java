package rediscover.permissions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Reads the permissions of a template, and refuses what it does not support. */
final class PermissionsReader {

  private static final String FUNCTION = "AWS::Serverless::Function";
  private static final String HTTP_API = "AWS::Serverless::HttpApi";

  /** Resource types without permissions of their own. */
  private static final Set<String> WITHOUT_POLICIES =
      Set.of(
          "AWS::CloudFront::Distribution",
          "AWS::CloudFront::OriginAccessControl",
          "AWS::CloudFront::ResponseHeadersPolicy",
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::DynamoDB::Table",
          "AWS::Logs::LogGroup",
          "AWS::Logs::MetricFilter",
          "AWS::SNS::Topic",
          "AWS::SQS::Queue");

  /**
   * Resource types with <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html">access
   * by tags</a>. A bucket has it only <a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html">if
   * you enable it</a>.
   */
  private static final Set<String> TAGGED =
      Set.of(
          FUNCTION,
          "AWS::DynamoDB::Table",
          "AWS::IAM::Role",
          "AWS::Logs::LogGroup",
          "AWS::SNS::Topic",
          "AWS::SQS::Queue");

  /** Properties that change permissions in a way that this class does not read. */
  private static final Map<String, Set<String>> NOT_SUPPORTED =
      Map.of(
          FUNCTION,
          Set.of("FunctionUrlConfig", "PermissionsBoundary", "Policies"),
          HTTP_API,
          Set.of("Auth"),
          "AWS::DynamoDB::Table",
          Set.of("ResourcePolicy"),
          "AWS::S3::Bucket",
          Set.of("AbacStatus"),
          "AWS::SNS::Topic",
          Set.of("Subscription"));

  private final Template template;
  private final Map<String, List<Policy>> resourcePolicies = new LinkedHashMap<>();

  /** The statements of each function's resource-based policy, by the function's logical id. */
  private final Map<String, List<Object>> invocation = new LinkedHashMap<>();

  private final Map<String, List<EventSource>> eventSources = new LinkedHashMap<>();

  /** The tags of resources that have some, by ARN. */
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  /**
   * A reference to a function.
   *
   * @param arn the ARN of the function or of its alias
   */
  private record Named(Resource function, String arn) {}

  PermissionsReader(Template template) {
    this.template = template;
  }

  Permissions read() {
    template.resources().values().forEach(this::read);
    List<Resource> functions = template.ofType(FUNCTION).toList();
    functions.forEach(this::makeInvocationPolicy);
    return new Permissions(
        functions.stream().map(this::function).toList(), roles(), resourcePolicies, tags);
  }

  private void read(Resource resource) {
    for (String property : NOT_SUPPORTED.getOrDefault(resource.type(), Set.of())) {
      if (resource.properties().has(property)) {
        throw resource.properties().refuse(property, "is not supported");
      }
    }
    if (TAGGED.contains(resource.type())) {
      Map<String, String> own = Tags.of(resource.properties());
      if (!own.isEmpty()) {
        // The ARN of a log group ends with :*
        tags.put(resource.arn().replaceFirst(":\\*$", ""), own);
      }
    }
    switch (resource.type()) {
      case FUNCTION -> readEvents(resource);
      case HTTP_API -> readAuthorizers(resource);
      case "AWS::Lambda::Permission" -> readPermission(resource);
      case "AWS::SNS::Subscription" -> readSubscription(resource);
      case "AWS::Lambda::EventSourceMapping" -> readMapping(resource);
      case "AWS::S3::Bucket" -> readNotifications(resource);
      case "AWS::SQS::QueuePolicy" -> readAccessPolicy(resource, "Queues", "AWS::SQS::Queue");
      case "AWS::SNS::TopicPolicy" -> readAccessPolicy(resource, "Topics", "AWS::SNS::Topic");
      case "AWS::S3::BucketPolicy" -> readAccessPolicy(resource, "Bucket", "AWS::S3::Bucket");
      case "AWS::IAM::Role", "AWS::IAM::ManagedPolicy" -> {
        // RoleReader reads them.
      }
      default -> {
        if (!WITHOUT_POLICIES.contains(resource.type())) {
          throw resource.properties().refuse("type " + resource.type() + " is not supported");
        }
      }
    }
  }

  private LambdaFunction function(Resource function) {
    Properties properties = function.properties();
    String roleArn = properties.string("Role");
    if (template.ofType("AWS::IAM::Role").noneMatch(role -> role.arn().equals(roleArn))) {
      throw properties.refuse("Role", "is not a role of this template");
    }
    return new LambdaFunction(
        function.logicalId(),
        function.ref(),
        function.arn(),
        invokedArn(function),
        roleArn,
        eventSources.getOrDefault(function.logicalId(), List.of()));
  }

  /** SAM generates a permission for a push, none for a pull. */
  private void readEvents(Resource function) {
    Properties events = function.properties().object("Events");
    for (String name : events.names()) {
      Properties event = events.object(name);
      Properties properties = event.object("Properties");
      String id = function.logicalId() + name;
      String type = event.string("Type");
      switch (type) {
        case "HttpApi" -> {
          pushed(function, properties, id, "apigateway.amazonaws.com", route(properties));
        }
        case "SNS" -> {
          if (properties.has("SqsSubscription")) {
            throw properties.refuse("SqsSubscription", "is not supported");
          }
          pushed(function, properties, id, "sns.amazonaws.com", properties.string("Topic"));
        }
        case "SQS" -> add(function, new EventSource.Pull(id, properties.string("Queue")));
        default -> throw event.refuse("Type", "event type " + type + " is not supported");
      }
    }
  }

  /** The SourceArn of SAM's permission: any stage, and a wildcard for each path variable. */
  private String route(Properties event) {
    Resource api = named(event, "ApiId", event.string("ApiId"), HTTP_API);
    String method = event.string("Method").toUpperCase(Locale.ROOT);
    String path = event.string("Path");
    if (!path.startsWith("/") || path.equals("/$default")) {
      throw event.refuse("Path", "path " + path + " is not supported");
    }
    String anyPath = path.replaceAll("(.)/$", "$1").replaceAll("\\{[A-Za-z0-9._+-]+}", "*");
    return api.arn() + "/*/" + (method.equals("ANY") ? "*" : method) + anyPath;
  }

  private void pushed(
      Resource function, Properties event, String id, String service, String sourceArn) {
    var invoked = new Named(function, invokedArn(function));
    add(event, invoked, id, service, sourceArn);
    Map<String, Object> condition = Map.of("ArnLike", Map.of("AWS:SourceArn", sourceArn));
    allow(event, invoked, id + "Permission", service, "lambda:InvokeFunction", condition);
  }

  /** The events that SAM generates invoke the function's alias if it has one. */
  private static String invokedArn(Resource function) {
    return function
        .properties()
        .optional("AutoPublishAlias")
        .map(alias -> function.arn() + ":" + alias)
        .orElse(function.arn());
  }

  /**
   * Makes the statement that <a
   * href="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html">AddPermission</a>
   * writes.
   */
  private void readPermission(Resource permission) {
    Properties properties = permission.properties();
    Named function = functionOf(properties, properties.string("FunctionName"));
    Map<String, Object> conditions = new LinkedHashMap<>();
    properties
        .optional("SourceAccount")
        .ifPresent(account -> conditions.put("StringEquals", Map.of("AWS:SourceAccount", account)));
    properties
        .optional("SourceArn")
        .ifPresent(arn -> conditions.put("ArnLike", Map.of("AWS:SourceArn", arn)));
    String principal = properties.string("Principal");
    String action = properties.string("Action");
    properties.refuseUnread();
    allow(properties, function, permission.logicalId(), principal, action, conditions);
  }

  /** The template itself has the permissions of authorizers. */
  private void readAuthorizers(Resource api) {
    for (ApiAuthorizer authorizer : Set.copyOf(ApiAuthorizer.byRoute(api.properties()).values())) {
      Named function = functionOf(api.properties(), authorizer.function());
      String id = api.logicalId() + authorizer.name();
      // API Gateway generates the id of the authorizer.
      String source = api.arn() + "/authorizers/*";
      add(api.properties(), function, id, "apigateway.amazonaws.com", source);
    }
  }

  private void readSubscription(Resource subscription) {
    Properties properties = subscription.properties();
    if (properties.string("Protocol").equals("lambda")) {
      Named function = functionOf(properties, properties.string("Endpoint"));
      String topic = properties.string("TopicArn");
      add(properties, function, subscription.logicalId(), "sns.amazonaws.com", topic);
    }
  }

  private void readMapping(Resource mapping) {
    Properties properties = mapping.properties();
    Resource function = functionOf(properties, properties.string("FunctionName")).function();
    String queue = properties.string("EventSourceArn");
    add(function, new EventSource.Pull(mapping.logicalId(), queue));
  }

  private void readNotifications(Resource bucket) {
    Properties notifications = bucket.properties().object("NotificationConfiguration");
    for (Properties notification : notifications.objects("LambdaConfigurations")) {
      Named function = functionOf(notification, notification.string("Function"));
      add(notification, function, bucket.logicalId(), "s3.amazonaws.com", bucket.arn());
    }
  }

  private void readAccessPolicy(Resource policy, String property, String resourceType) {
    Properties properties = policy.properties();
    Object document = properties.raw("PolicyDocument");
    List<String> attachedTo = properties.strings(property);
    properties.refuseUnread();
    // A statement has one id, by which it can be switched off.
    if (attachedTo.size() != 1) {
      throw properties.refuse(property, "must name exactly one resource");
    }
    Resource resource = named(properties, property, attachedTo.getFirst(), resourceType);
    resourcePolicies
        .computeIfAbsent(resource.arn(), key -> new ArrayList<>())
        .add(Policy.supplied(policy.logicalId(), PolicyType.RESOURCE_BASED, document));
  }

  private void makeInvocationPolicy(Resource function) {
    List<Object> statements = invocation.get(function.logicalId());
    if (statements != null) {
      Map<String, Object> document = Map.of("Version", "2012-10-17", "Statement", statements);
      Policy policy = Policy.supplied(function.logicalId(), PolicyType.RESOURCE_BASED, document);
      resourcePolicies.put(function.arn(), List.of(policy));
    }
  }

  private List<Role> roles() {
    RoleReader reader = new RoleReader(template);
    return template.ofType("AWS::IAM::Role").map(reader::read).toList();
  }

  /** Finds the resource that a property refers to. */
  private Resource named(Properties properties, String property, String ref, String type) {
    return template
        .ofType(type)
        .filter(candidate -> candidate.ref().equals(ref))
        .findFirst()
        .orElseThrow(() -> properties.refuse(property, "is not a resource of this template"));
  }

  /** Finds a function by its name or ARN, with or without its alias. */
  private Named functionOf(Properties properties, String nameOrArn) {
    for (Resource function : template.ofType(FUNCTION).toList()) {
      for (String prefix : List.of(function.ref(), function.arn())) {
        if (nameOrArn.equals(prefix)) {
          return new Named(function, function.arn());
        }
        if (nameOrArn.startsWith(prefix + ":")) {
          String qualifier = nameOrArn.substring(prefix.length() + 1);
          String arn = function.arn() + ":" + qualifier;
          if (!arn.equals(invokedArn(function))) {
            throw properties.refuse("the template publishes no version or alias " + qualifier);
          }
          return new Named(function, arn);
        }
      }
    }
    throw properties.refuse("does not name a function of this template");
  }

  private void allow(
      Properties place,
      Named invoked,
      String sid,
      String principal,
      String action,
      Map<String, Object> condition) {
    boolean service = principal.endsWith(".amazonaws.com");
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Sid", sid);
    statement.put("Effect", "Allow");
    statement.put("Principal", Map.of(service ? "Service" : "AWS", principal));
    statement.put("Action", action);
    statement.put("Resource", invoked.arn());
    if (!condition.isEmpty()) {
      statement.put("Condition", condition);
    }
    invocation
        .computeIfAbsent(invoked.function().logicalId(), key -> new ArrayList<>())
        .add(place.derived(statement));
  }

  /** Adds a push. A source may invoke the function or its alias, not both. */
  private void add(Properties place, Named invoked, String id, String service, String arn) {
    for (EventSource other : eventSources.getOrDefault(invoked.function().logicalId(), List.of())) {
      if (other instanceof EventSource.Push push
          && push.isFrom(service, arn)
          && !push.invoked().equals(invoked.arn())) {
        throw place.refuse(arn + " invokes both the function and its alias: not supported");
      }
    }
    add(invoked.function(), new EventSource.Push(id, service, arn, invoked.arn()));
  }

  private void add(Resource function, EventSource source) {
    eventSources.computeIfAbsent(function.logicalId(), key -> new ArrayList<>()).add(source);
  }
}
