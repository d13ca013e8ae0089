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
 * Every kind of fault, at random. The same seed makes the same plan.
 *
 * <p>A fault befalls several calls in a row: the SDK hides a single one, because it tries again.
 *
 * @param density the share of the stretches of calls in which something goes wrong
 * @param longest the longest time that a call hangs
 */
record RandomFaults(long seed, double density, Duration longest) implements FaultPlan {

  static final String WORD = "random";

  private static final Duration SHORT = Duration.ofMillis(500);

  static RandomFaults of(List<String> words) {
    return new RandomFaults(
        Long.parseLong(words.get(0)),
        Double.parseDouble(words.get(1)),
        Duration.parse(words.get(2)));
  }

  @Override
  public List<String> words() {
    return List.of(WORD, Long.toString(seed), Double.toString(density), longest.toString());
  }

  @Override
  public Optional<Fault> fault(Call call) {
    boolean table = call.name().startsWith("dynamodb:");
    // A reader calls so seldom that an outage of so many calls would last for many minutes.
    boolean reads = call.name().equals("dynamodb:Query");
    if (table && !reads && isOutage(call.caller(), call.ordinal())) {
      return Optional.of(new Throttled());
    }
    // A like is a call of the table, and a message of many likes one of the queue.
    int stretch = table ? 100 : 8;
    var random = random(call.caller(), call.name(), call.ordinal() / stretch);
    if (random.nextDouble() > density) {
      return Optional.empty();
    }
    Fault fault = pick(possible(call.name()), random);
    int length =
        switch (fault) {
          case Killed killed -> 1;
          case Hung hung -> 1 + random.nextInt(4);
          case Fault other -> 1 + random.nextInt(stretch / 2);
        };
    int start = random.nextInt(stretch - length + 1);
    long place = call.ordinal() % stretch;
    return place >= start && place < start + length ? Optional.of(fault) : Optional.empty();
  }

  /** Now and then it lasts until the function gives up, and the message has to come again. */
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
