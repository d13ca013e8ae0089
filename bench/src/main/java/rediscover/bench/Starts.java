package rediscover.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Measures starts and invocations of packages, each with its memory's share of a processor. Every
 * round starts each package once, so other load on the machine affects all of them.
 */
final class Starts {
  private static final List<Integer> MEMORY = List.of(256, 512, 1024, 1769, 3008);

  /** A third of a processor. */
  private static final int COMPARED_AT = 512;

  /** So many warm calls, or as many as fit into the time. */
  private static final int WARM = 100;

  private static final long WARM_NANOS = 400_000_000;

  /** So many calls that come so long after the one before: a visitor reads for a while. */
  private static final int PAUSES = 3;

  private static final int PAUSE_MILLIS = 6_000;

  /** What {@link #cells} writes. */
  private static final List<String> COLUMNS =
      List.of(
          "set-up s",
          "first invocation ms",
          "cold s",
          "warm ms",
          "after 6 s ms",
          "CPU ms a call",
          "most memory MiB",
          "cold GB-ms",
          "warm GB-ms");

  private final ExecutionEnvironment.Host host;
  private final int rounds;

  Starts(ExecutionEnvironment.Host host, int rounds) {
    this.host = host;
    this.rounds = rounds;
  }

  /**
   * One start, all times in nanoseconds.
   *
   * @param setUp from the process's start to its first request for an event
   * @param first how long the first invocation takes
   * @param cpu processor time until its answer
   * @param warm the median of later invocations
   * @param call processor time of one of them
   * @param memory the most that the process had, in MiB
   */
  private record Start(long setUp, long first, long cpu, long warm, long call, long memory) {
    long cold() {
      return setUp + first;
    }
  }

  /** What was measured of a package with so much memory. */
  private record Measured(List<Start> starts, List<Long> afterPauses) {
    Spread spread(ToLongFunction<Start> figure) {
      return Spread.of(starts.stream().map(figure::applyAsLong).toList());
    }

    double median(ToLongFunction<Start> figure) {
      return spread(figure).median();
    }
  }

  /**
   * Every package with each memory.
   *
   * @param chosen the packages with the memory of template.yaml
   * @param all a table a package, with a heading
   */
  record Memories(Table chosen, String all) {}

  Memories byMemory(List<LambdaPackage> packages) throws IOException, InterruptedException {
    Map<Integer, Map<LambdaPackage, Measured>> measured = new LinkedHashMap<>();
    for (int memory : MEMORY) {
      measured.put(memory, measure(packages, memory, PAUSES));
    }
    List<List<String>> chosen = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (LambdaPackage one : packages) {
      List<List<String>> rows = new ArrayList<>();
      measured.forEach(
          (memory, of) -> {
            List<String> cells = cells(of.get(one), memory);
            boolean isChosen = one.memory() == memory;
            rows.add(concat((isChosen ? "**%d**" : "%d").formatted(memory), cells));
            if (isChosen) {
              chosen.add(concat(one.name(), concat(Integer.toString(memory), cells)));
            }
          });
      Table table = new Table(concat("memory MB", COLUMNS), rows);
      all.add("### %s\n\n%s".formatted(one.name(), table));
    }
    return new Memories(
        new Table(concat("function", concat("memory MB", COLUMNS)), chosen),
        String.join("\n\n", all));
  }

  private static List<String> cells(Measured measured, int memory) {
    double gigabytes = memory / 1024.0;
    return List.of(
        "%.2f".formatted(measured.median(Start::setUp) / 1e9),
        measured.spread(Start::first).millis(),
        measured.spread(Start::cold).seconds(),
        measured.spread(Start::warm).millis(),
        Spread.of(measured.afterPauses()).millis(),
        Spread.millis(measured.median(Start::call)),
        "%.0f".formatted(measured.median(Start::memory)),
        "%.0f".formatted(measured.median(Start::cold) / 1e6 * gigabytes),
        "%.2f".formatted(measured.median(Start::warm) / 1e6 * gigabytes));
  }

  /** Packages beside one another, as a part of those that they are compared with. */
  Table compared(List<LambdaPackage> packages, List<LambdaPackage> bases)
      throws IOException, InterruptedException {
    List<LambdaPackage> all = new ArrayList<>(bases);
    all.addAll(packages);
    Map<LambdaPackage, Measured> measured = measure(all, COMPARED_AT, 0);
    List<String> columns = new ArrayList<>();
    columns.addAll(List.of("package", "set-up s", "first invocation ms", "cold s", "CPU s"));
    columns.addAll(List.of("warm ms", "CPU ms a call", "unpacked MiB"));
    bases.forEach(base -> columns.add("cold / " + base.name()));
    List<List<String>> rows = new ArrayList<>();
    for (LambdaPackage one : all) {
      Measured of = measured.get(one);
      List<String> row = new ArrayList<>();
      row.add(one.name());
      row.add("%.2f".formatted(of.median(Start::setUp) / 1e9));
      row.add(of.spread(Start::first).millis());
      row.add(of.spread(Start::cold).seconds());
      row.add("%.2f".formatted(of.median(Start::cpu) / 1e9));
      row.add(of.spread(Start::warm).millis());
      row.add(Spread.millis(of.median(Start::call)));
      row.add("%.1f".formatted(one.size()));
      for (LambdaPackage base : bases) {
        Spread cold = of.spread(Start::cold);
        row.add(one == base ? "" : cold.partOf(measured.get(base).spread(Start::cold)));
      }
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  /** The first answer without SnapStart, and after a restore. */
  Table restored(List<LambdaPackage> packages) throws IOException, InterruptedException {
    Map<LambdaPackage, Measured> measured = measure(packages, COMPARED_AT, 0);
    return new Table(
        List.of("SnapStart", "first answer ms"),
        packages.stream()
            .map(one -> List.of(one.name(), measured.get(one).spread(Start::cold).millis()))
            .toList());
  }

  private Map<LambdaPackage, Measured> measure(List<LambdaPackage> packages, int memory, int pauses)
      throws IOException, InterruptedException {
    Map<LambdaPackage, Measured> measured = new LinkedHashMap<>();
    packages.forEach(one -> measured.put(one, new Measured(new ArrayList<>(), new ArrayList<>())));
    Map<LambdaPackage, ExecutionEnvironment> waiting = new LinkedHashMap<>();
    try {
      for (int round = 1; round <= rounds; round++) {
        for (LambdaPackage one : packages) {
          ExecutionEnvironment environment = new ExecutionEnvironment(one, memory, host);
          waiting.put(one, environment);
          measured.get(one).starts().add(start(environment));
          if (round < rounds || pauses == 0) {
            waiting.remove(one).close();
          }
        }
      }
      for (int i = 0; i < pauses; i++) {
        // All of them wait at once, so that no invocation disturbs another one.
        Thread.sleep(PAUSE_MILLIS);
        for (var one : waiting.entrySet()) {
          measured.get(one.getKey()).afterPauses().add(one.getValue().invoke());
        }
      }
      return measured;
    } finally {
      for (ExecutionEnvironment environment : waiting.values()) {
        environment.close();
      }
    }
  }

  private static Start start(ExecutionEnvironment environment)
      throws IOException, InterruptedException {
    long first = environment.invoke();
    long cpu = environment.cpu();
    calls(environment);
    long before = environment.cpu();
    List<Long> warm = calls(environment);
    long call = (environment.cpu() - before) / warm.size();
    return new Start(
        environment.setUp(),
        first,
        cpu,
        Math.round(Spread.of(warm).median()),
        call,
        environment.peakMemory());
  }

  private static List<Long> calls(ExecutionEnvironment environment)
      throws IOException, InterruptedException {
    List<Long> times = new ArrayList<>();
    long end = System.nanoTime() + WARM_NANOS;
    do {
      times.add(environment.invoke());
    } while (times.size() < WARM && System.nanoTime() < end);
    return times;
  }

  private static List<String> concat(String first, List<String> rest) {
    List<String> all = new ArrayList<>(rest);
    all.addFirst(first);
    return all;
  }
}
