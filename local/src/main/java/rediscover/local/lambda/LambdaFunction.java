package rediscover.local.lambda;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.AccessEvent;

/**
 * Runs a function: starts execution environments on demand, up to a few, and gives each invocation
 * to an idle one.
 */
public final class LambdaFunction implements Invocable, AccessControl.Listener, AutoCloseable {

  /** Enough to show that environments are many, few enough for a laptop's memory. */
  private static final int MOST_ENVIRONMENTS = 3;

  private final FunctionSpec spec;
  private final LambdaRuntime runtime;
  private final AccessControl access;
  private final FunctionLog log;
  private final Semaphore concurrency = new Semaphore(MOST_ENVIRONMENTS, true);
  private final BlockingDeque<ExecutionEnvironment> idle = new LinkedBlockingDeque<>();
  private final AtomicInteger generation = new AtomicInteger();
  private final List<ExecutionEnvironment> started = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public LambdaFunction(
      FunctionSpec spec, LambdaRuntime runtime, AccessControl access, FunctionLog log) {
    this.spec = spec;
    this.runtime = runtime;
    this.access = access;
    this.log = log;
  }

  @Override
  public FunctionSpec spec() {
    return spec;
  }

  /** Starts an environment before it is asked for, so that the first visitor does not wait. */
  public void warmUp() throws IOException {
    idle.addFirst(startEnvironment());
  }

  /** {@inheritDoc} Events wait for one another only past the limit. */
  @Override
  public Outcome invoke(String requestId, byte[] event) throws IOException, InterruptedException {
    Optional<String> refusal = access.refuseRole(spec.arn());
    if (refusal.isPresent()) {
      log.say("The role defined for the function cannot be assumed by Lambda: " + refusal.get());
      return ExecutionEnvironment.failure("Lambda.AccessDenied", refusal.get());
    }
    concurrency.acquire();
    try {
      ExecutionEnvironment environment = takeEnvironment();
      boolean finished = false;
      try {
        Outcome outcome = environment.invoke(requestId, event);
        finished = true;
        return outcome;
      } finally {
        if (finished && isFit(environment)) {
          idle.addFirst(environment);
        } else {
          discard(environment);
        }
      }
    } finally {
      concurrency.release();
    }
  }

  /**
   * Lets no environment that exists now take another invocation, as a change of the function's
   * configuration does: what an environment has read once, it would never read again.
   */
  void renewEnvironments() {
    generation.incrementAndGet();
    for (var old = idle.pollFirst(); old != null; old = idle.pollFirst()) {
      discard(old);
    }
  }

  @Override
  public void decided(AccessEvent event) {}

  /** Values that an environment has cached, such as a parameter, would hide the switch. */
  @Override
  public void switched(String id, Set<String> off) {
    if (access.functionsOf(id).contains(spec.arn())) {
      renewEnvironments();
    }
  }

  /** The processes that are running now. */
  public List<Long> pids() {
    return started.stream().map(ExecutionEnvironment::pid).toList();
  }

  @Override
  public void close() {
    closed = true;
    started.forEach(ExecutionEnvironment::close);
  }

  private ExecutionEnvironment takeEnvironment() throws IOException {
    for (var waiting = idle.pollFirst(); waiting != null; waiting = idle.pollFirst()) {
      if (isFit(waiting)) {
        return waiting;
      }
      discard(waiting);
    }
    return startEnvironment();
  }

  /** An environment may have become idle just when all were to be renewed. */
  private boolean isFit(ExecutionEnvironment environment) {
    return environment.usable() && environment.generation() == generation.get();
  }

  private void discard(ExecutionEnvironment environment) {
    started.remove(environment);
    environment.close();
  }

  private ExecutionEnvironment startEnvironment() throws IOException {
    var environment = new ExecutionEnvironment(spec, generation.get(), runtime, log);
    started.add(environment);
    if (closed) {
      discard(environment);
      throw new IOException(spec.name() + " is not invoked any more: the run ends");
    }
    return environment;
  }
}
