package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import rediscover.bench.cost.CostPage;
import rediscover.local.Settings;
import rediscover.local.lambda.LambdaRuntime;

/** Measures everything, prints it, and writes docs/performance.md's and docs/cost.md's tables. */
public final class Main {
  /** What is measured, by the names of the tables, if not everything. */
  private static final String ONLY = System.getProperty("bench.only", "");

  private final Path home = Path.of("").toAbsolutePath();
  private final int rounds = Integer.parseInt(System.getProperty("bench.rounds", "5"));
  private final Map<String, String> figures = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  private Main() {}

  /** {@code mvn -q -Pbench} calls it, in the repository's folder. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    System.exit(new Main().run() ? 0 : 1);
  }

  private interface Measurement {
    Object measure() throws Exception;
  }

  private boolean run() throws Exception {
    if (ONLY.equals("cost")) {
      CostPage.write(home);
      return true;
    }
    Path scratch = Files.createTempDirectory("rediscover-bench");
    Limiter limiter = Limiter.best();
    System.out.println("Share of a processor: " + limiter);
    Application application = new Application(home, scratch);
    Path keys = Files.createDirectories(scratch.resolve("keys"));
    try (FakeWorld world = FakeWorld.start(keys, application.bucket())) {
      // As on Lambda, without the class that replaces the client's native part.
      List<String> jars = Settings.classPath(home, "runtime").stream().skip(1).toList();
      var runtime = new LambdaRuntime(jars, FakeWorld.REGION);
      var host = new ExecutionEnvironment.Host(world, runtime, scratch, limiter);
      Starts starts = new Starts(host, rounds);
      measure(
          "compared", () -> starts.compared(application.packagesAndVariants(), bases(application)));
      measure("restored", () -> starts.restored(application.ofSnapStart()));
      measure("batches", () -> Batches.measure(host, application.boundedQueueWriter()));
      measure("memory", () -> byMemory(starts, application.packages()));
    } finally {
      delete(scratch);
    }
    figures.put("machine", Machine.describe(limiter));
    System.out.println("\n" + figures.get("machine"));
    if (ONLY.isEmpty() && failures.isEmpty()) {
      Page page = new Page(home.resolve("docs/performance.md"));
      for (var figure : figures.entrySet()) {
        page.put(figure.getKey(), figure.getValue());
      }
      CostPage.write(home);
    }
    failures.forEach(System.err::println);
    return failures.isEmpty();
  }

  /** One measurement that fails does not cost the others. */
  private void measure(String id, Measurement measurement) throws InterruptedException {
    // -Dbench.only=batches measures nothing else.
    if (!ONLY.isEmpty() && !List.of(ONLY.split(",")).contains(id)) {
      return;
    }
    System.out.println("\n" + id + " ...");
    try {
      String text = measurement.measure().toString();
      System.out.println(text);
      figures.put(id, text);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      e.printStackTrace();
      failures.add(id + " was not measured: " + e.getMessage());
    }
  }

  private static List<LambdaPackage> bases(Application application) {
    List<LambdaPackage> bases = new ArrayList<>(application.plain());
    String original = System.getProperty("bench.original", "");
    if (!original.isEmpty()) {
      bases.add(application.other(original));
    }
    return bases;
  }

  private String byMemory(Starts starts, List<LambdaPackage> packages)
      throws IOException, InterruptedException {
    Starts.Memories memories = starts.byMemory(packages);
    figures.put("chosen", memories.chosen().toString());
    return memories.all();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
