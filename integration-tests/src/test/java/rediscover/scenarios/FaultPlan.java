package rediscover.scenarios;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import rediscover.scenarios.Fault.Broken;
import rediscover.scenarios.Fault.Halved;
import rediscover.scenarios.Fault.Hung;
import rediscover.scenarios.Fault.Killed;
import rediscover.scenarios.Fault.Throttled;
import rediscover.scenarios.Fault.Unheard;

/**
 * Which call goes wrong, and how. The same seed makes the same plan.
 *
 * <p>A fault befalls a row of calls: a single one is hidden by the SDK, which tries again by
 * itself.
 *
 * @param density the share of the stretches of calls in which something goes wrong
 * @param longest that a call hangs
 */
record FaultPlan(long seed, double density, Duration longest) {

  private static final Duration SHORT = Duration.ofMillis(500);

  /**
   * What befalls a call.
   *
   * @param caller the function's logical id
   * @param call such as {@code dynamodb:PutItem}
   * @param ordinal counts the calls of this caller of this kind, from 0
   */
  Optional<Fault> fault(String caller, String call, long ordinal) {
    boolean table = call.startsWith("dynamodb:");
    if (table && isOutage(caller, ordinal)) {
      return Optional.of(new Throttled());
    }
    // A like is a call of the table, and a message of many likes one of the queue.
    int stretch = table ? 100 : 8;
    var random = random(caller, call, ordinal / stretch);
    if (random.nextDouble() > density) {
      return Optional.empty();
    }
    Fault fault = pick(possible(call), random);
    int length =
        switch (fault) {
          case Killed killed -> 1;
          case Hung hung -> 1 + random.nextInt(4);
          case Fault other -> 1 + random.nextInt(stretch / 2);
        };
    int start = random.nextInt(stretch - length + 1);
    long place = ordinal % stretch;
    return place >= start && place < start + length ? Optional.of(fault) : Optional.empty();
  }

  /** Now and then so long that the SDK gives up, and the message has to come again. */
  private boolean isOutage(String caller, long ordinal) {
    int stretch = 1500;
    var random = random(caller, "outage", ordinal / stretch);
    return random.nextDouble() < density / 4 && ordinal % stretch < 400 + random.nextInt(600);
  }

  private SplittableRandom random(String caller, String what, long number) {
    return new SplittableRandom(seed ^ Objects.hash(caller, what, number) * 0x9E3779B97F4A7C15L);
  }

  private List<Fault> possible(String call) {
    var throttled = new Throttled();
    var broken = new Broken(500);
    var unavailable = new Broken(503);
    var hung = new Hung(SHORT);
    var hungForLong = new Hung(longest);
    var unheard = new Unheard();
    var killed = new Killed();
    return switch (call.substring(0, call.indexOf(':'))) {
      case "s3" -> List.of(unavailable, hung, new Halved(), new Halved(), killed);
      case "ssm" -> List.of(throttled, broken, hung, unheard);
      case "dynamodb" ->
          List.of(
              throttled,
              throttled,
              throttled,
              broken,
              broken,
              unavailable,
              hung,
              hungForLong,
              unheard,
              unheard,
              killed);
      default ->
          List.of(
              throttled,
              throttled,
              broken,
              broken,
              unavailable,
              hung,
              hung,
              unheard,
              unheard,
              killed);
    };
  }

  private static Fault pick(List<Fault> faults, SplittableRandom random) {
    return faults.get(random.nextInt(faults.size()));
  }
}
