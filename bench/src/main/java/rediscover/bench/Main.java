package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import rediscover.bench.cost.CostPage;

/** Measures everything, prints it, and writes docs/performance.md's and docs/cost.md's tables. */
public final class Main {
  /** What is measured, by the names of the tables, if not everything. */
  private static final String ONLY = System.getProperty("bench.only", "");

  private final Path home = Path.of("").toAbsolutePath();
  private final Page page = new Page(home.resolve("docs/performance.md"));
  private final int rounds = Integer.parseInt(System.getProperty("bench.rounds", "5"));
  private final List<Table> tables = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private Main() {}

  /** {@code mvn -q -Pbench} calls it, in the repository's folder. */
  public static void main(String[] arguments) throws Exception {
    System.exit(new Main().run() ? 0 : 1);
  }

  private interface Measurement {
    Table measure() throws Exception;
  }

  /** One measurement that fails does not cost the others. */
  private boolean run() throws Exception {
    CostPage.write(home);
    Path scratch = Files.createTempDirectory("rediscover-bench");
    try {
      measure("jmh", Microbenchmarks::run);
      if (isWanted("starts") || isWanted("restored") || isWanted("batches")) {
        try (FakeWorld world = FakeWorld.start(Files.createDirectories(scratch.resolve("keys")))) {
          String runtime = Files.readString(home.resolve("local/runtime/target/class-path"));
          Starts starts = new Starts(world, runtime.strip(), scratch, rounds);
          measure("starts", () -> starts.cold(packages()));
          measure("restored", () -> starts.restored(LambdaPackage.ofSnapStart(home)));
          measure("batches", () -> Batches.measure(world, scratch));
        } catch (IOException e) {
          failed("starts and batches", e);
        }
      }
      measure(
          "embedded",
          () -> {
            try (EmbeddedLoad load = EmbeddedLoad.start(home, scratch)) {
              return load.measure();
            }
          });
      String machine = Machine.describe();
      System.out.println("\n" + machine);
      if (ONLY.isEmpty()) {
        page.put("machine", machine);
        for (Table table : tables) {
          page.put(table.id(), table.markdown());
        }
      }
    } finally {
      delete(scratch);
    }
    failures.forEach(System.err::println);
    return failures.isEmpty();
  }

  private void measure(String id, Measurement measurement) throws InterruptedException {
    if (!isWanted(id)) {
      return;
    }
    System.out.println("\n" + id + " ...");
    try {
      Table table = measurement.measure();
      System.out.println(table.markdown());
      tables.add(table);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failed(id, e);
    }
  }

  private void failed(String id, Exception failure) {
    failure.printStackTrace();
    failures.add(id + " was not measured: " + failure.getMessage());
  }

  /** {@code -Dbench.only=starts} measures nothing else. */
  private static boolean isWanted(String id) {
    return ONLY.isEmpty() || List.of(ONLY.split(",")).contains(id);
  }

  private List<LambdaPackage> packages() {
    List<LambdaPackage> packages = new ArrayList<>();
    String original = System.getProperty("bench.original", "");
    if (!original.isEmpty()) {
      packages.add(LambdaPackage.parse("original=" + original));
    }
    packages.addAll(LambdaPackage.ofTheProject(home));
    return packages;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
