package rediscover.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Writes the stack's parameters and outputs to a file for scripts and tests, with the addresses
 * that only the embedded run has. The file exists while the run is ready, from the moment that the
 * sample likes are stored.
 */
final class Outputs {

  private Outputs() {}

  static void delete(Settings settings) throws IOException {
    Files.deleteIfExists(file(settings));
  }

  static void write(Settings settings, EmbeddedRun.Started started) throws IOException {
    var outputs = new Properties();
    outputs.putAll(started.application().parameters());
    outputs.putAll(started.outputs());
    outputs.put("ApiUrl", started.address().toString());
    outputs.put("AwsEndpointUrl", started.address().toString());
    outputs.put("AwsRegion", Stacks.REGION);
    started.key().ifPresent(key -> outputs.put("AccessKey", key));
    Path unfinished = settings.data().resolve("outputs.part");
    try (Writer writer = Files.newBufferedWriter(unfinished)) {
      outputs.store(writer, "The outputs of the embedded run");
    }
    Files.move(unfinished, file(settings));
    file(settings).toFile().deleteOnExit();
  }

  private static Path file(Settings settings) {
    return settings.data().resolve("outputs.properties");
  }
}
