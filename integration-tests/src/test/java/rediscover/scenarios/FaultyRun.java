package rediscover.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import rediscover.local.Main;
import rediscover.local.application.FunctionSpec;
import rediscover.local.aws.AwsService;
import rediscover.local.http.Exchange;

/**
 * The embedded run with a {@link FaultPlan}, which begins when the run is ready. Every fault is a
 * line in {@value #LOG}.
 */
final class FaultyRun extends StageRun {

  /** In the folder of the run's data. */
  static final String LOG = "faults.log";

  private static final String READY = "outputs.properties";

  private final FaultPlan plan;
  private final Path data;
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
  private final Map<String, Queue<ProcessHandle>> processes = new ConcurrentHashMap<>();

  private FaultyRun(FaultPlan plan, Path data) {
    this.plan = plan;
    this.data = data;
  }

  /**
   * @param words of the plan
   */
  public static void main(String[] words) throws InterruptedException {
    FaultPlan plan = FaultPlan.of(List.of(words));
    Main.run(new FaultyRun(plan, Path.of(System.getProperty("local.data"))));
  }

  @Override
  public synchronized void started(FunctionSpec function, ProcessHandle process) {
    super.started(function, process);
    processes
        .computeIfAbsent(function.logicalId(), first -> new ConcurrentLinkedQueue<>())
        .add(process);
  }

  @Override
  public void pass(FunctionSpec caller, String name, AwsService service, Exchange exchange)
      throws IOException {
    Optional<Fault> fault = Optional.empty();
    if (Files.exists(data.resolve(READY))) {
      String call = name + ":" + action(exchange);
      long ordinal =
          calls
              .computeIfAbsent(caller.logicalId() + " " + call, first -> new AtomicLong())
              .getAndIncrement();
      fault = plan.fault(new FaultPlan.Call(caller.logicalId(), call, ordinal, exchange));
      if (fault.isPresent()) {
        note("%s %s %d: %s%n".formatted(caller.logicalId(), call, ordinal, fault.get()));
      }
    }
    if (fault.isPresent()) {
      happen(fault.get(), caller, name, service, exchange);
    } else {
      service.handle(exchange);
    }
  }

  private void happen(
      Fault fault, FunctionSpec caller, String name, AwsService service, Exchange exchange)
      throws IOException {
    switch (fault) {
      case Fault.Throttled throttled -> throttle(name, exchange);
      case Fault.Broken(int status) -> answer(exchange, status, "");
      case Fault.Hung(Duration time) -> {
        pause(time);
        exchange.hangUp();
      }
      case Fault.Unheard unheard -> {
        service.handle(new UnheardExchange(exchange));
        exchange.hangUp();
      }
      case Fault.Halved halved -> service.handle(new HalvedExchange(exchange));
      case Fault.Killed killed -> {
        processes.get(caller.logicalId()).forEach(ProcessHandle::destroyForcibly);
        exchange.hangUp();
      }
    }
  }

  private static void throttle(String service, Exchange exchange) throws IOException {
    String error =
        switch (service) {
          case "dynamodb" ->
              "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
          case "sqs" -> "com.amazonaws.sqs#RequestThrottled";
          default -> "ThrottlingException";
        };
    answer(exchange, 400, "{\"__type\":\"" + error + "\",\"message\":\"Too much\"}");
  }

  private static void answer(Exchange exchange, int status, String text) throws IOException {
    exchange.answerHeaders().put("Content-Type", "application/x-amz-json-1.0");
    exchange.send(status, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the run ends", e);
    }
  }

  private static String action(Exchange exchange) {
    String target = exchange.headers().get("X-Amz-Target");
    return target == null
        ? exchange.method().toLowerCase(Locale.ROOT)
        : target.substring(target.indexOf('.') + 1);
  }

  private synchronized void note(String line) throws IOException {
    Files.writeString(
        data.resolve(LOG), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
