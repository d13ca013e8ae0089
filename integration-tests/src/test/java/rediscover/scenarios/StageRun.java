package rediscover.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import rediscover.local.Main;
import rediscover.local.application.FunctionSpec;
import rediscover.local.aws.AwsService;
import rediscover.local.aws.Faults;
import rediscover.local.http.Exchange;

/**
 * The embedded run in the process that {@link EmbeddedStage} starts for it. It changes nothing, and
 * writes down every process of a function: what Linux tells of another process's command and
 * variables, Windows does not.
 */
class StageRun implements Faults {

  /** The system property that names the file, which lies outside of the run's data. */
  static final String FILE = "stage.functions";

  /**
   * A line of the file.
   *
   * @param handler as in the template
   */
  record FunctionProcess(String handler, long pid, String secretAccessKey, String token) {

    static List<FunctionProcess> readAll(Path file) throws IOException {
      return Files.readAllLines(file).stream().map(FunctionProcess::parse).toList();
    }

    private static FunctionProcess parse(String line) {
      String[] parts = line.split(" ");
      return new FunctionProcess(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]);
    }

    private String line() {
      return String.join(" ", handler, Long.toString(pid), secretAccessKey, token) + "\n";
    }
  }

  private final Path file = Path.of(System.getProperty(FILE));

  StageRun() {}

  public static void main(String[] arguments) throws InterruptedException {
    Main.run(new StageRun());
  }

  @Override
  public void pass(FunctionSpec caller, String name, AwsService service, Exchange exchange)
      throws IOException {
    NONE.pass(caller, name, service, exchange);
  }

  @Override
  public synchronized void started(FunctionSpec function, ProcessHandle process) {
    var started =
        new FunctionProcess(
            function.code().handler(),
            process.pid(),
            function.session().secretAccessKey(),
            function.session().token());
    try {
      Files.writeString(file, started.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
