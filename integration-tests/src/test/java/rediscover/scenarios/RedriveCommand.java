package rediscover.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** bin/redrive, as whoever is on call runs it. */
final class RedriveCommand {

  /**
   * What came of it.
   *
   * @param exitCode 128 and more if a signal ended it
   * @param output both of its outputs
   */
  record Outcome(int exitCode, String output) {}

  private static final String COMMAND =
      Path.of(System.getProperty("home"), "bin", "redrive").toString();
  private static final long LIMIT_SECONDS = 300;

  private RedriveCommand() {}

  /** Moves what lies in the dead-letter queue of a stage, or does what else the options say. */
  static Outcome run(Stage stage, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> queues = List.of(stage.output("DeadLetterQueueUrl"), stage.output("QueueUrl"));
    return runWith(stage, environment, Stream.concat(Stream.of(options), queues.stream()).toList());
  }

  /** Runs it with these arguments and nothing else. */
  static Outcome runWith(Stage stage, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("redrive", ".txt");
    try {
      var builder =
          new ProcessBuilder(Stream.concat(Stream.of(COMMAND), arguments.stream()).toList());
      builder.environment().putAll(stage.commandEnvironment());
      // Nothing may depend on the language of whoever is on call.
      builder.environment().put("LC_ALL", "C");
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("bin/redrive goes on:\n" + Files.readString(output));
      }
      return new Outcome(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
