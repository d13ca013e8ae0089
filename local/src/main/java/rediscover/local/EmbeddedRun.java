package rediscover.local;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import rediscover.local.application.Application;
import rediscover.local.application.EventSourceMapping;
import rediscover.local.application.FunctionSpec;
import rediscover.local.application.Route;
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
import rediscover.local.lambda.EnvironmentRenewal;
import rediscover.local.lambda.FunctionLog;
import rediscover.local.lambda.LambdaFunction;
import rediscover.local.lambda.LambdaRuntime;
import rediscover.local.lambda.QueuePoller;
import rediscover.local.web.FrontDoor;
import rediscover.local.web.HttpApi;
import rediscover.local.web.LivePermissions;
import rediscover.local.web.Site;
import rediscover.local.x.StandInX;

/**
 * The whole application on one machine. Its parts start side by side, each as soon as it has what
 * it needs, and are closed in reverse.
 */
final class EmbeddedRun implements AutoCloseable {

  private final Console console;
  private final Faults faults;
  private final Parts parts;

  EmbeddedRun(Console console, Faults faults) {
    this.console = console;
    this.faults = faults;
    this.parts = new Parts(console);
  }

  /**
   * What has been started.
   *
   * @param address of the site, the API and the AWS endpoint
   * @param x the address of the stand-in for X
   * @param key without which the API answers nobody
   * @param outputs the stacks'
   * @param memory of all processes
   */
  record Started(
      Application application,
      URI address,
      URI x,
      Optional<String> key,
      Map<String, String> outputs,
      Memory memory) {}

  /**
   * Starts everything; returns when all of it answers. If it throws, what has been started is still
   * to be closed.
   *
   * @throws StartException if something is missing or taken, or a part does not start
   */
  Started start(Settings settings) throws IOException, InterruptedException {
    DataFolder folder = parts.keep(DataFolder.take(settings.data()));
    Outputs.delete(settings);
    FrontDoor door =
        parts.keep(FrontDoor.bind(settings.port(), line -> console.log("front door", line)));
    folder.say(door.address());
    // It is left only when all have started, or have failed to: what has started is kept by then.
    try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
      return start(settings, door, sideBySide);
    }
  }

  private Started start(Settings settings, FrontDoor door, ExecutorService sideBySide)
      throws IOException, InterruptedException {
    URI address = door.address();
    // The slowest three come first: they need nothing of the templates.
    Future<Tables> tables =
        sideBySide.submit(
            part(
                "tables",
                "DynamoDB Local",
                () ->
                    Tables.start(
                        Settings.classPath(settings.home(), "dynamodb"),
                        settings.data().resolve("tables"),
                        Stacks.REGION)));
    Future<StandInX> x =
        sideBySide.submit(part("X API", "WireMock, for v2 and v1.1", StandInX::start));
    Future<Queues> queues =
        sideBySide.submit(
            part(
                "queues",
                "ElasticMQ",
                () ->
                    Queues.start(
                        settings.data().resolve("queues"),
                        address,
                        Stacks.REGION,
                        Stacks.ACCOUNT)));
    URI xAddress = started(x).address();
    Stacks stacks = Stacks.read(settings, address, xAddress);
    Application application = stacks.application();
    var access = new AccessControl(stacks.permissions(), Stacks.DEPLOYER);
    Map<String, LambdaFunction> functions = functions(settings, application, access, address);
    // Somebody waits for these; an event can wait until its function has started.
    for (String function : routed(application)) {
      functions.get(function).warmUp();
    }
    access.addListener(new EnvironmentRenewal(access, functions));
    JsonClient sqs = JsonClient.sqs(address, Stacks.REGION);
    var invocations =
        new AsyncInvocations(
            application,
            functions,
            new AcceptedEvents(
                settings.data().resolve("events"), line -> console.log("lambda", line)),
            access,
            sqs,
            line -> console.log("lambda", line));
    Optional<String> key = settings.keyWanted() ? Optional.of(RunKey.random()) : Optional.empty();
    Future<Buckets> buckets =
        sideBySide.submit(
            part(
                "buckets",
                "S3Proxy",
                () ->
                    Buckets.start(
                        settings.data().resolve("buckets"),
                        Stacks.REGION,
                        application.buckets(),
                        invocations)));
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
            .map(
                api ->
                    new HttpApi(
                        api, Stacks.REGION, Stacks.ACCOUNT, access::refuseInvocation, functions))
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
              line -> console.log("lambda", line));
      parts.keep(poller).start();
    }
    console.print("  %-10s %s", "functions", String.join(", ", names(application)));
    return new Started(
        application, address, xAddress, key, stacks.outputs(), memory(started(tables), functions));
  }

  private static Memory memory(Tables tables, Map<String, LambdaFunction> functions) {
    var memory =
        new Memory()
            .of("the run", () -> List.of(ProcessHandle.current().pid()))
            .of("DynamoDB Local", () -> List.of(tables.pid()));
    functions.values().forEach(function -> memory.of(function.spec().module(), function::pids));
    return memory;
  }

  /** The functions that an API's routes lead to. */
  private static Set<String> routed(Application application) {
    return application.apis().stream()
        .flatMap(api -> api.routes().stream())
        .map(Route::function)
        .collect(Collectors.toSet());
  }

  private static List<String> names(Application application) {
    return application.functions().stream().map(FunctionSpec::module).toList();
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

  private static Parameters parameters(Application application, Optional<String> key) {
    var parameters = new Parameters(Stacks.REGION, Stacks.ACCOUNT);
    // Any four parts do: the stand-in looks only whether a request is signed.
    parameters.put(
        application.parameters().get("TwitterAuthParam"),
        "SecureString",
        "key,secret,token,secret");
    key.ifPresent(value -> parameters.put(Stacks.ACCESS_KEY, "SecureString", value));
    return parameters;
  }

  /** Starts a part: keeps it and says that it is there, or gives its failure a name. */
  private <T extends AutoCloseable> Callable<T> part(
      String name, String player, Callable<T> start) {
    return () -> {
      long since = System.nanoTime();
      try {
        T part = parts.keep(start.call());
        console.ready(name, player, since);
        return part;
      } catch (StartException e) {
        throw e;
      } catch (Exception e) {
        throw new StartException(player + " (" + name + ") did not start: " + e, e);
      }
    };
  }

  /** Waits for a part. */
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
