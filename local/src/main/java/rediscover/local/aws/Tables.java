package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import rediscover.local.application.SessionKey;
import rediscover.local.application.TableSpec;
import rediscover.local.client.AwsException;
import rediscover.local.client.JsonClient;

/** DynamoDB, played by DynamoDB Local in a process of its own, which keeps its data in a file. */
public final class Tables implements AwsService, AutoCloseable {

  private static final String MAIN = "rediscover.local.dynamodb.DynamoDbLocal";

  private final Process process;
  private final Forwarder forwarder;
  private final JsonClient dynamoDb;

  private Tables(Process process, URI address, String region) {
    this.process = process;
    this.forwarder = new Forwarder(address);
    this.dynamoDb = JsonClient.dynamoDb(address, region);
  }

  /**
   * @param classPath of the process
   * @param data the folder that holds the data file
   */
  public static Tables start(List<String> classPath, Path data, String region) throws IOException {
    Files.createDirectories(data);
    Process process =
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
            .redirectError(data.resolve("dynamodb-local.log").toFile())
            .start();
    return new Tables(process, URI.create("http://127.0.0.1:" + readPort(process, data)), region);
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

  private static String readPort(Process process, Path data) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("port ")) {
        return line.substring("port ".length());
      }
    }
    throw new IOException(
        "DynamoDB Local did not start; it says why in " + data.resolve("dynamodb-local.log"));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    forwarder.handle(exchange);
  }

  public long pid() {
    return process.pid();
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
