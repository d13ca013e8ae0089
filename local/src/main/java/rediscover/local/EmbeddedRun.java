package rediscover.local;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/** The whole application on one machine: its parts, started in order and closed in reverse. */
final class EmbeddedRun implements AutoCloseable {

  private final Console console;
  private final Faults faults;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  EmbeddedRun(Console console, Faults faults) {
    this.console = console;
    this.faults = faults;
  }

  /**
   * What has been started.
   *
   * @param address of the site, the API and the AWS endpoint
   * @param x the address of the stand-in for X
   * @param outputs the stacks'
   */
  record Started(Application application, URI address, URI x, Map<String, String> outputs) {}

  /**
   * Starts everything; returns when all of it answers.
   *
   * @throws StartException if something is missing or taken
   */
  Started start(Settings settings) throws IOException, InterruptedException {
    FrontDoor door = keep(FrontDoor.bind(settings.port(), line -> console.log("front door", line)));
    URI address = door.address();
    StandInX x = keep(timed("X API", "WireMock, for v2 and v1.1", StandInX::start));
    Stacks stacks = Stacks.read(settings, address, x.address());
    Application application = stacks.application();
    var access = new AccessControl(stacks.permissions(), Stacks.DEPLOYER);
    Map<String, LambdaFunction> functions = functions(settings, application, access, address);
    access.addListener(new EnvironmentRenewal(access, functions));
    JsonClient sqs = JsonClient.sqs(address, Stacks.REGION);
    var invocations =
        new AsyncInvocations(
            application,
            functions,
            new AcceptedEvents(settings.data().resolve("events")),
            access,
            sqs,
            line -> console.log("lambda", line));
    Gateway gateway = startServices(settings, application, address, access, invocations);

    List<HttpApi> apis =
        application.apis().stream()
            .map(
                api ->
                    new HttpApi(
                        api, Stacks.REGION, Stacks.ACCOUNT, access::refuseInvocation, functions))
            .toList();
    door.open(
        gateway, apis, new LivePermissions(access), new Site(settings.home().resolve("public")));
    keep(invocations).resume();

    for (EventSourceMapping mapping : application.mappings()) {
      var poller =
          new QueuePoller(
              mapping,
              application.queue(mapping.queue()),
              Stacks.REGION,
              functions.get(mapping.function()),
              sqs,
              line -> console.log("lambda", line));
      keep(poller).start();
    }
    for (LambdaFunction function : functions.values()) {
      function.warmUp();
    }
    console.print("  %-10s %s", "functions", String.join(", ", names(application)));
    return new Started(application, address, x.address(), stacks.outputs());
  }

  private static List<String> names(Application application) {
    return application.functions().stream().map(FunctionSpec::module).toList();
  }

  private Map<String, LambdaFunction> functions(
      Settings settings, Application application, AccessControl access, URI address)
      throws IOException {
    var runtime =
        new LambdaRuntime(
            settings.functionClassPath(),
            settings.data().resolve("runtime"),
            Stacks.REGION,
            address);
    var log = new FunctionLog(access, Stacks.REGION, Stacks.ACCOUNT, console::log);
    Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    for (FunctionSpec spec : application.functions()) {
      var function = new LambdaFunction(spec, runtime, access, log);
      functions.put(spec.arn(), keep(function));
    }
    return functions;
  }

  private Gateway startServices(
      Settings settings,
      Application application,
      URI address,
      AccessControl access,
      AsyncInvocations invocations)
      throws IOException, InterruptedException {
    var parameters = new Parameters(Stacks.REGION, Stacks.ACCOUNT);
    // Any four parts do: the stand-in looks only whether a request is signed.
    parameters.put(
        application.parameters().get("TwitterAuthParam"),
        "SecureString",
        "key,secret,token,secret");
    try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Tables> tables =
          sideBySide.submit(
              () ->
                  timed(
                      "tables",
                      "DynamoDB Local",
                      () ->
                          Tables.start(
                              settings.dynamoDbClassPath(),
                              settings.data().resolve("tables"),
                              Stacks.REGION,
                              application.tables())));
      Future<Queues> queues =
          sideBySide.submit(
              () ->
                  timed(
                      "queues",
                      "ElasticMQ",
                      () ->
                          Queues.start(
                              settings.data().resolve("queues"),
                              address,
                              Stacks.REGION,
                              Stacks.ACCOUNT,
                              application.queues())));
      Future<Buckets> buckets =
          sideBySide.submit(
              () ->
                  timed(
                      "buckets",
                      "S3Proxy",
                      () ->
                          Buckets.start(
                              settings.data().resolve("buckets"),
                              Stacks.REGION,
                              application.buckets(),
                              invocations)));
      Queues startedQueues = keep(started(queues));
      var topics =
          new Topics(
              application, invocations, access, startedQueues, line -> console.log("sns", line));
      return new Gateway(
          application,
          access,
          Map.of(
              "dynamodb", keep(started(tables)),
              "sqs", startedQueues,
              "s3", keep(started(buckets)),
              "sns", topics,
              "ssm", parameters),
          faults);
    }
  }

  private static <T> T started(Future<T> part) throws IOException, InterruptedException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private <T> T timed(String part, String what, Callable<T> start) {
    long since = System.nanoTime();
    try {
      T started = start.call();
      console.ready(part, what, since);
      return started;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StartException(what + " did not start: " + e.getMessage(), e);
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  /** Ends every process and server that was started, the last one first. */
  @Override
  public void close() {
    synchronized (parts) {
      while (!parts.isEmpty()) {
        try {
          parts.pop().close();
        } catch (Exception e) {
          console.print("while stopping: %s", e);
        }
      }
    }
  }
}
