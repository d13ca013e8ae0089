package rediscover.local;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import rediscover.local.application.Application;
import rediscover.local.application.EventSourceMapping;
import rediscover.local.application.FunctionSpec;
import rediscover.local.aws.Buckets;
import rediscover.local.aws.Faults;
import rediscover.local.aws.Gateway;
import rediscover.local.aws.Parameters;
import rediscover.local.aws.Queues;
import rediscover.local.aws.Tables;
import rediscover.local.aws.Topics;
import rediscover.local.client.JsonClient;
import rediscover.local.http.RunKey;
import rediscover.local.iam.AccessControl;
import rediscover.local.lambda.AcceptedEvents;
import rediscover.local.lambda.AsyncInvocations;
import rediscover.local.lambda.FunctionLog;
import rediscover.local.lambda.LambdaFunction;
import rediscover.local.lambda.LambdaRuntime;
import rediscover.local.lambda.QueuePoller;
import rediscover.local.web.FrontDoor;
import rediscover.local.web.HttpApi;
import rediscover.local.web.LivePermissions;
import rediscover.local.web.Site;

/**
 * The whole application on one machine. Its parts start side by side, each as soon as it has what
 * it needs, and close in reverse order.
 */
final class EmbeddedRun implements AutoCloseable {

  private final Console console;
  private final Faults faults;
  private final AddOn addOn;
  private final Parts parts;

  EmbeddedRun(Console console, Faults faults, AddOn addOn) {
    this.console = console;
    this.faults = faults;
    this.addOn = addOn;
    this.parts = new Parts(console);
  }

  /**
   * The run, started.
   *
   * @param address of the site, the API and the AWS endpoint
   * @param key the API's key, if it requires one
   * @param outputs of the stacks
   */
  record Started(
      Application application, URI address, Optional<String> key, Map<String, String> outputs) {}

  /**
   * Starts everything and returns when all of it answers. Close the run even if this throws.
   *
   * @throws StartException if something is missing or taken, or a part does not start
   */
  Started start(Settings settings) throws IOException, InterruptedException {
    DataFolder folder = parts.keep(DataFolder.take(settings.data()));
    Outputs.delete(settings);
    FrontDoor door =
        parts.keep(FrontDoor.bind(settings.port(), line -> console.log("front door", line)));
    folder.say(door.address());
    // Its end waits until every part has started and is kept, or has failed.
    try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
      return start(settings, door, sideBySide);
    }
  }

  private Started start(Settings settings, FrontDoor door, ExecutorService sideBySide)
      throws IOException, InterruptedException {
    URI address = door.address();
    // The slowest three start first: they do not need the templates.
    Future<Tables> tables =
        start(
            sideBySide,
            "tables",
            "DynamoDB Local",
            () ->
                Tables.start(
                    Settings.classPath(settings.home(), "dynamodb"),
                    settings.data().resolve("tables"),
                    Stacks.REGION));
    Future<AddOn> added = sideBySide.submit(this::startAddOn);
    Future<Queues> queues =
        start(
            sideBySide,
            "queues",
            "ElasticMQ",
            () ->
                Queues.start(
                    settings.data().resolve("queues"), address, Stacks.REGION, Stacks.ACCOUNT));
    Stacks stacks = Stacks.read(settings, address, started(added).templateParameters(address));
    Application application = stacks.application();
    var access = new AccessControl(stacks.permissions(), Stacks.DEPLOYER);
    Map<String, LambdaFunction> functions = functions(settings, application, access, address);
    // A visitor waits for these; an event can wait until its function has started.
    for (String function : application.routed()) {
      functions.get(function).warmUp();
    }
    functions.values().forEach(access::addListener);
    JsonClient sqs = JsonClient.sqs(address, Stacks.REGION);
    Consumer<String> lambdaLog = line -> console.log("lambda", line);
    var invocations =
        new AsyncInvocations(
            application,
            functions,
            new AcceptedEvents(settings.data().resolve("events"), lambdaLog),
            access,
            sqs,
            lambdaLog,
            AsyncInvocations.FIRST_PAUSE);
    Optional<String> key = settings.keyWanted() ? Optional.of(RunKey.random()) : Optional.empty();
    Future<Buckets> buckets =
        start(
            sideBySide,
            "buckets",
            "S3Proxy",
            () ->
                Buckets.start(
                    settings.data().resolve("buckets"),
                    Stacks.REGION,
                    application.buckets(),
                    invocations));
    started(tables).create(application.tables());
    started(queues).create(application.queues());
    var topics =
        new Topics(
            application, invocations, access, started(queues), line -> console.log("sns", line));
    var gateway =
        new Gateway(
            application,
            access,
            Map.of(
                "dynamodb", started(tables),
                "sqs", started(queues),
                "s3", started(buckets),
                "sns", topics,
                "ssm", parameters(application, key)),
            faults);

    List<HttpApi> apis =
        application.apis().stream()
            .map(api -> new HttpApi(api, access::refuseInvocation, functions))
            .toList();
    door.open(
        gateway, apis, new LivePermissions(access), new Site(settings.home().resolve("public")));
    parts.keep(invocations).resume();

    for (EventSourceMapping mapping : application.mappings()) {
      var poller =
          new QueuePoller(
              mapping,
              application.queue(mapping.queue()),
              Stacks.REGION,
              functions.get(mapping.function()),
              sqs,
              lambdaLog);
      parts.keep(poller).start();
    }
    List<String> names = application.functions().stream().map(FunctionSpec::module).toList();
    console.print("  %-10s %s", "functions", String.join(", ", names));
    return new Started(application, address, key, stacks.outputs());
  }

  private Map<String, LambdaFunction> functions(
      Settings settings, Application application, AccessControl access, URI address) {
    var runtime =
        new LambdaRuntime(
            Settings.classPath(settings.home(), "runtime"),
            Stacks.REGION,
            address,
            faults::started);
    var log = new FunctionLog(access, Stacks.REGION, Stacks.ACCOUNT, console::log);
    Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    for (FunctionSpec spec : application.functions()) {
      var function = new LambdaFunction(spec, runtime, access, log);
      functions.put(spec.arn(), parts.keep(function));
    }
    return functions;
  }

  private AddOn startAddOn() {
    addOn.start(console);
    return parts.keep(addOn);
  }

  private Parameters parameters(Application application, Optional<String> key) {
    var parameters = new Parameters(Stacks.REGION, Stacks.ACCOUNT);
    addOn
        .ssmParameters(application.parameters())
        .forEach((name, value) -> parameters.put(name, "SecureString", value));
    key.ifPresent(value -> parameters.put(Stacks.ACCESS_KEY, "SecureString", value));
    return parameters;
  }

  /** Starts a part, keeps it and reports it; a failure names the part. */
  private <T extends AutoCloseable> Future<T> start(
      ExecutorService sideBySide, String name, String software, Callable<T> start) {
    return sideBySide.submit(() -> console.start(name, software, () -> parts.keep(start.call())));
  }

  private static <T> T started(Future<T> part) throws InterruptedException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StartException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  /** Ends every process and server that was started, the last one first. */
  @Override
  public void close() {
    parts.close();
  }
}
