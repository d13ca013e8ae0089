package rediscover.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs bin/redrive as you do on call. */
final class RedriveCommand {

  /**
   * Outcome of a run.
   *
   * @param exitCode above 128 if a signal ended it
   * @param output standard output and error
   */
  record Outcome(int exitCode, String output) {}

  private static final String COMMAND =
      Path.of(System.getProperty("home"), "bin", "redrive").toString();
  private static final long LIMIT_SECONDS = 300;

  private RedriveCommand() {}

  /**
   * Moves the messages of a dead-letter queue to the stage's queue, or does what the options say.
   */
  static Outcome run(
      Stage stage, Map<String, String> environment, String deadLetterQueue, String... options)
      throws IOException, InterruptedException {
    List<String> queues = List.of(deadLetterQueue, stage.output("QueueUrl"));
    return runWith(stage, environment, Stream.concat(Stream.of(options), queues.stream()).toList());
  }

  /** Runs it with these arguments. */
  static Outcome runWith(Stage stage, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("redrive", ".txt");
    try {
      var builder =
          new ProcessBuilder(Stream.concat(Stream.of(COMMAND), arguments.stream()).toList());
      builder.environment().putAll(stage.commandEnvironment());
      // The locale must not matter.
      builder.environment().put("LC_ALL", "C");
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("bin/redrive does not end:\n" + Files.readString(output));
      }
      return new Outcome(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
