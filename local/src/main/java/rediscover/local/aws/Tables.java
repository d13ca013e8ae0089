package rediscover.local.aws;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path log = data.resolve(LOG);
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
            .redirectError(log.toFile());
    builder.environment().put(RunKey.VARIABLE, RunKey.value());
    Process process = builder.start();
    String port =
        process
            .inputReader()
            .lines()
            .filter(line -> line.startsWith("port "))
            .findFirst()
            .orElseThrow(
                () -> new IOException("DynamoDB Local did not start; it says why in " + log));
    var address = URI.create("http://127.0.0.1:" + port.substring("port ".length()));
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
