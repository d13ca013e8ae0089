package rediscover.local.application;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rediscover.local.StartException;
import rediscover.permissions.ApiAuthorizer;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;
import rediscover.permissions.template.TemplateException;

/**
 * Reads the application from its template. It refuses by name what the embedded run cannot do: a
 * property that it ignored would behave differently on AWS.
 */
public final class ApplicationReader {

  /** They need no part here: they monitor, or they are read as permissions. */
  private static final Set<String> WITHOUT_A_PART =
      Set.of(
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::IAM::Role",
          "AWS::Lambda::Permission",
          "AWS::Logs::LogGroup",
          "AWS::Logs::MetricFilter",
          "AWS::S3::BucketPolicy",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy");

  private final Path functions;
  private final Map<String, List<Resource>> unread;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final List<EventSourceMapping> mappings = new ArrayList<>();
  private final Map<String, List<Route>> routesByApi = new LinkedHashMap<>();

  private ApplicationReader(Path functions, Stream<Template> templates) {
    this.functions = functions;
    this.unread =
        templates
            .flatMap(template -> template.resources().values().stream())
            .collect(Collectors.groupingBy(Resource::type));
  }

  /**
   * @param home the folder that holds template.yaml and functions/
   * @param others the templates of other accounts' stacks
   * @throws TemplateException if a template has something that the embedded run cannot do
   * @throws StartException if a function is not built
   */
  public static Application read(
      Path home, Template template, Deployment deployment, Template... others) {
    Stream<Template> templates = Stream.concat(Stream.of(template), Stream.of(others));
    return new ApplicationReader(home.resolve("functions"), templates)
        .read(deployment.accountId(), template.parameters());
  }

  private Application read(String accountId, Map<String, String> parameters) {
    List<FunctionSpec> functionSpecs = all("AWS::Serverless::Function", this::function);
    subscriptions.addAll(all("AWS::SNS::Subscription", ApplicationReader::subscription));
    mappings.addAll(
        all("AWS::Lambda::EventSourceMapping", m -> mapping(m.properties(), functionSpecs)));
    var application =
        new Application(
            accountId,
            parameters,
            functionSpecs,
            all("AWS::Serverless::HttpApi", this::api),
            all("AWS::SQS::Queue", ApplicationReader::queue),
            all("AWS::SNS::Topic", Resource::arn),
            List.copyOf(subscriptions),
            List.copyOf(mappings),
            all("AWS::S3::Bucket", ApplicationReader::bucket),
            all("AWS::DynamoDB::Table", ApplicationReader::table));
    unread.keySet().removeAll(WITHOUT_A_PART);
    if (!unread.isEmpty()) {
      Resource unknown = unread.values().iterator().next().getFirst();
      throw unknown.properties().refuse("the embedded run has no " + unknown.type());
    }
    return application;
  }

  private <T> List<T> all(String type, Function<Resource, T> read) {
    List<Resource> resources = unread.remove(type);
    return resources == null ? List.of() : resources.stream().map(read).toList();
  }

  private FunctionSpec function(Resource resource) {
    Properties p = resource.properties();
    p.ignore("CodeUri", "Runtime", "Architectures", "Role", "Tags", "Description");
    // A published version runs here as it is, without a snapshot; permissions know the alias.
    p.ignore("AutoPublishAlias", "AutoPublishAliasAllProperties");
    p.ignore("VersionDescription", "SnapStart");
    Properties logging = p.object("LoggingConfig");
    Properties invoke = p.object("EventInvokeConfig");
    Properties onFailure = invoke.object("DestinationConfig").object("OnFailure");
    if (onFailure.has("Destination") && !onFailure.string("Type").equals("SQS")) {
      throw onFailure.refuse("Type", "the embedded run keeps failed events in queues only");
    }
    onFailure.ignore("Type");
    String module = module(resource.logicalId());
    var function =
        new FunctionSpec(
            resource.logicalId(),
            resource.ref(),
            resource.arn(),
            module,
            new FunctionSpec.Code(
                packageOf(module),
                p.string("Handler"),
                p.integer("MemorySize", 128),
                Duration.ofSeconds(p.integer("Timeout", 3)),
                p.object("Environment").stringMap("Variables")),
            new FunctionSpec.Logging(
                logging.optional("LogGroup").orElse("/aws/lambda/" + resource.ref()),
                logging.optional("LogFormat").orElse("Text"),
                logging.optional("ApplicationLogLevel")),
            new FunctionSpec.Asynchronous(
                invoke.integer("MaximumRetryAttempts", 2), onFailure.optional("Destination")),
            SessionKey.create());
    Properties events = p.object("Events");
    events.names().forEach(name -> readEvent(resource, name, events.object(name)));
    p.refuseUnread();
    return function;
  }

  /** The module of a logical id: RandomLikeFunction is built from functions/random-like. */
  private static String module(String logicalId) {
    return logicalId
        .replaceFirst("Function$", "")
        .replaceAll("(?<=.)(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private Path packageOf(String module) {
    Path directory = functions.resolve(module).resolve("target/function").toAbsolutePath();
    if (!Files.isDirectory(directory)) {
      throw new StartException("functions/" + module + " is not built; `mvn -Plocal` builds it");
    }
    return directory;
  }

  private void readEvent(Resource function, String name, Properties event) {
    Properties p = event.object("Properties");
    String type = event.string("Type");
    switch (type) {
      case "HttpApi" ->
          routesByApi
              .computeIfAbsent(p.string("ApiId"), api -> new ArrayList<>())
              .add(route(p, function.arn()));
      case "SNS" ->
          subscriptions.add(
              subscription(p, p.string("Topic"), function.logicalId() + name, function.arn()));
      case "SQS" -> mappings.add(mapping(p, p.string("Queue"), function.arn()));
      default -> throw event.refuse("Type", "the embedded run has no event of type " + type);
    }
  }

  private static Route route(Properties p, String function) {
    String method = p.string("Method").toUpperCase(Locale.ROOT);
    if (method.equals("ANY") || p.string("Path").contains("+}")) {
      throw p.refuse("the embedded run has routes of one method and one path only");
    }
    return new Route(method, p.string("Path"), function);
  }

  private static Subscription subscription(Resource resource) {
    Properties p = resource.properties();
    if (!p.string("Protocol").equals("lambda")) {
      throw p.refuse("Protocol", "the embedded run delivers to functions only");
    }
    String function = functionOf(p.string("Endpoint"));
    var subscription = subscription(p, p.string("TopicArn"), resource.logicalId(), function);
    p.refuseUnread();
    return subscription;
  }

  private static Subscription subscription(Properties p, String topic, String id, String function) {
    return new Subscription(
        topic,
        topic + ":" + id,
        function,
        p.object("RedrivePolicy").optional("deadLetterTargetArn"));
  }

  private static EventSourceMapping mapping(Properties p, List<FunctionSpec> functions) {
    String name = p.string("FunctionName");
    String function =
        functions.stream()
            .filter(spec -> spec.name().equals(name) || spec.arn().equals(functionOf(name)))
            .map(FunctionSpec::arn)
            .findFirst()
            .orElseThrow(() -> p.refuse("FunctionName", "there is no function " + name));
    EventSourceMapping mapping = mapping(p, p.string("EventSourceArn"), function);
    p.refuseUnread();
    return mapping;
  }

  /** The function of an ARN that may name its alias. */
  private static String functionOf(String arn) {
    return arn.replaceFirst("^((?:[^:]*:){6}[^:]*):.*", "$1");
  }

  private static EventSourceMapping mapping(Properties p, String queue, String function) {
    // One batch at a time is below every maximum.
    p.object("ScalingConfig").ignore("MaximumConcurrency");
    return new EventSourceMapping(
        queue,
        function,
        p.integer("BatchSize", 10),
        p.strings("FunctionResponseTypes").contains("ReportBatchItemFailures"));
  }

  private HttpApiSpec api(Resource resource) {
    Properties p = resource.properties();
    p.ignore("FailOnWarnings", "AccessLogSettings", "Tags");
    List<Route> routes = routesByApi.getOrDefault(resource.ref(), List.of());
    Map<String, ApiAuthorizer> authorizers = ApiAuthorizer.byRoute(p);
    for (String key : authorizers.keySet()) {
      if (routes.stream().noneMatch(route -> route.key().equals(key))) {
        throw p.refuse("DefinitionBody", "no function has an event for " + key);
      }
    }
    for (ApiAuthorizer authorizer : authorizers.values()) {
      if (!authorizer.function().equals(functionOf(authorizer.function()))) {
        throw p.refuse("DefinitionBody", "the embedded run's authorizers invoke no alias");
      }
    }
    Properties throttle = p.object("DefaultRouteSettings");
    Properties cors = p.object("CorsConfiguration");
    var api =
        new HttpApiSpec(
            resource.ref(),
            resource.arn(),
            routes,
            authorizers,
            cors.strings("AllowOrigins"),
            cors.strings("AllowMethods"),
            cors.strings("AllowHeaders"),
            cors.strings("ExposeHeaders"),
            cors.integer("MaxAge", 0),
            throttle.integer("ThrottlingBurstLimit", 5000),
            throttle.integer("ThrottlingRateLimit", 10000));
    p.refuseUnread();
    return api;
  }

  private static QueueSpec queue(Resource resource) {
    Properties p = resource.properties();
    p.ignore("SqsManagedSseEnabled", "Tags", "QueueName");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : List.of("VisibilityTimeout", "MessageRetentionPeriod")) {
      p.optional(name).ifPresent(value -> attributes.put(name, value));
    }
    if (p.has("RedrivePolicy")) {
      Properties redrive = p.object("RedrivePolicy");
      attributes.put(
          "RedrivePolicy",
          "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
              .formatted(
                  redrive.string("deadLetterTargetArn"), redrive.integer("maxReceiveCount", 0)));
    }
    p.refuseUnread();
    String name = resource.arn().substring(resource.arn().lastIndexOf(':') + 1);
    return new QueueSpec(resource.logicalId(), name, resource.ref(), resource.arn(), attributes);
  }

  private static BucketSpec bucket(Resource resource) {
    Properties p = resource.properties();
    p.ignore(
        "BucketName",
        "PublicAccessBlockConfiguration",
        "OwnershipControls",
        "BucketEncryption",
        "LifecycleConfiguration",
        "Tags");
    List<BucketSpec.Notification> notifications = new ArrayList<>();
    for (Properties n : p.object("NotificationConfiguration").objects("LambdaConfigurations")) {
      Map<String, String> filters = new LinkedHashMap<>();
      for (Properties rule : n.object("Filter").object("S3Key").objects("Rules")) {
        filters.put(rule.string("Name").toLowerCase(Locale.ROOT), rule.string("Value"));
      }
      notifications.add(
          new BucketSpec.Notification(
              n.string("Event"),
              filters.getOrDefault("prefix", ""),
              filters.getOrDefault("suffix", ""),
              functionOf(n.string("Function"))));
    }
    p.refuseUnread();
    return new BucketSpec(resource.ref(), resource.arn(), notifications);
  }

  private static TableSpec table(Resource resource) {
    Properties p = resource.properties();
    p.ignore("PointInTimeRecoverySpecification", "SSESpecification", "Tags", "TableName");
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("TableName", resource.ref());
    for (String name : List.of("BillingMode", "AttributeDefinitions", "KeySchema")) {
      Optional.ofNullable(p.raw(name)).ifPresent(value -> definition.put(name, value));
    }
    p.refuseUnread();
    return new TableSpec(resource.ref(), resource.arn(), definition);
  }
}
