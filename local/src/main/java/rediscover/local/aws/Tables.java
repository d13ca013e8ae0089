package rediscover.local.aws;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import rediscover.local.application.SessionKey;
import rediscover.local.application.TableSpec;
import rediscover.local.client.AwsException;
import rediscover.local.client.JsonClient;
import rediscover.local.http.RunKey;

/** DynamoDB: DynamoDB Local in a process of its own, with its data in a file. */
public final class Tables extends Forwarder implements AutoCloseable {

  private static final String MAIN = "rediscover.local.dynamodb.DynamoDbLocal";
  private static final String LOG = "dynamodb-local.log";

  private final Process process;
  private final JsonClient dynamoDb;

  private Tables(Process process, URI address, String region) {
    super(address);
    this.process = process;
    this.dynamoDb = JsonClient.dynamoDb(address, region);
  }

  /**
   * @param classPath of the process
   * @param data the folder that holds the data file
   */
  public static Tables start(List<String> classPath, Path data, String region) throws IOException {
    Files.createDirectories(data);
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, classPath),
                MAIN,
                data.toString())
            .redirectErrorStream(true);
    builder.environment().put(RunKey.VARIABLE, RunKey.value());
    Process process = builder.start();
    Path log = data.resolve(LOG);
    Files.deleteIfExists(log);
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    var address = URI.create("http://127.0.0.1:" + readPort(output, log));
    // Or else the process would stand still once the pipe is full.
    Thread.ofVirtual().name("log of DynamoDB Local").start(() -> keep(output, log));
    return new Tables(process, address, region);
  }

  /** Creates the tables that are not there from the last run. */
  public void create(List<TableSpec> tables) throws IOException, InterruptedException {
    for (TableSpec table : tables) {
      try {
        dynamoDb.call(SessionKey.DEVELOPER, "CreateTable", table.definition());
      } catch (AwsException e) {
        if (!e.code().equals("ResourceInUseException")) {
          throw e;
        }
      }
    }
  }

  private static String readPort(BufferedReader output, Path log) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("port ")) {
        return line.substring("port ".length());
      }
      append(log, line);
    }
    throw new IOException("DynamoDB Local did not start; it says why in " + log);
  }

  private static void keep(BufferedReader output, Path log) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        append(log, line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of DynamoDB Local ended", e);
    }
  }

  private static void append(Path log, String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Closes the process's input, at which it writes its data and ends. */
  @Override
  public void close() {
    try {
      process.outputWriter().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
