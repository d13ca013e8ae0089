package rediscover.bench;

import static rediscover.bench.Statistics.millis;
import static rediscover.bench.Statistics.percentile;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A load on the embedded run, with every call checked against its role: likes asked for by visitors
 * who never wait between two, and an archive imported.
 */
final class EmbeddedLoad implements AutoCloseable {
  private static final int VISITORS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(8);
  private static final int IMPORTED = 2_000;
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=developer/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Properties outputs = new Properties();

  private EmbeddedLoad(Process process) {
    this.process = process;
  }

  /**
   * Starts the run in a folder that differs from the repository in nothing but the API's throttle,
   * which would be all that is measured.
   *
   * @param scratch a folder for its data
   */
  static EmbeddedLoad start(Path home, Path scratch) throws IOException, InterruptedException {
    Path stage = Files.createDirectories(scratch.resolve("stage"));
    for (String folder : List.of("functions", "local", "public", "templates")) {
      Files.createSymbolicLink(stage.resolve(folder), home.resolve(folder));
    }
    Files.writeString(
        stage.resolve("template.yaml"),
        Files.readString(home.resolve("template.yaml"))
            .replaceAll("(Throttling(Burst|Rate)Limit:) \\d+", "$1 10000"));
    Path data = Files.createDirectories(scratch.resolve("data"));
    Path log = scratch.resolve("embedded.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlocal.port=0",
                "-Dlocal.data=" + data,
                "-cp",
                home.resolve("local/target/classes")
                    + ":"
                    + Files.readString(home.resolve("local/target/class-path")).strip(),
                "rediscover.local.Main")
            .directory(stage.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    EmbeddedLoad load = new EmbeddedLoad(process);
    Path outputs = data.resolve("outputs.properties");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(outputs)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        load.close();
        throw new IOException("the embedded run did not start: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
    try (Reader reader = Files.newBufferedReader(outputs)) {
      load.outputs.load(reader);
    }
    return load;
  }

  Table measure() throws IOException, InterruptedException {
    awaitSample();
    List<String> asking = asking();
    List<String> importing = importing();
    return new Table(
        "embedded",
        List.of("load", "rate", "p50 ms", "p99 ms"),
        List.of(asking, importing),
        "%d visitors for %d s, and an archive of %,d likes from the upload to the last like in the table. The stand-ins and the functions share the machine's processors."
            .formatted(VISITORS, MEASURED.toSeconds(), IMPORTED));
  }

  /** The run may be ready before its sample is in the table. */
  private void awaitSample() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    int before = 0;
    for (int now = stored("sample"); now == 0 || now != before; now = stored("sample")) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the sample is not in the table");
      }
      before = now;
      Thread.sleep(1_000);
    }
  }

  private List<String> asking() throws IOException, InterruptedException {
    ask(WARM_UP);
    List<Long> times = ask(MEASURED);
    return List.of(
        "a random like over HTTP",
        "%.0f requests/s".formatted(times.size() / (double) MEASURED.toSeconds()),
        millis(percentile(times, 50)),
        millis(percentile(times, 99)));
  }

  private List<Long> ask(Duration length) throws IOException, InterruptedException {
    URI like = URI.create(outputs.getProperty("ApiUrl") + "/u/sample");
    HttpRequest request = HttpRequest.newBuilder(like).build();
    List<Future<List<Long>>> visitors = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long end = System.nanoTime() + length.toNanos();
      for (int i = 0; i < VISITORS; i++) {
        visitors.add(threads.submit(() -> visit(request, end)));
      }
    }
    List<Long> times = new ArrayList<>();
    for (Future<List<Long>> visitor : visitors) {
      try {
        times.addAll(visitor.get());
      } catch (ExecutionException e) {
        throw new IOException("a visitor was not answered", e.getCause());
      }
    }
    return times;
  }

  private List<Long> visit(HttpRequest request, long end) throws IOException, InterruptedException {
    List<Long> times = new ArrayList<>();
    while (System.nanoTime() < end) {
      long since = System.nanoTime();
      expectOk(http.send(request, BodyHandlers.ofString()));
      times.add(System.nanoTime() - since);
    }
    return times;
  }

  private List<String> importing() throws IOException, InterruptedException {
    String archive =
        LongStream.range(1_000, 1_000 + IMPORTED)
            .mapToObj(
                "{\"like\":{\"tweetId\":\"%d\",\"fullText\":\"a text of some length\"}}"::formatted)
            .collect(Collectors.joining(",\n", "window.YTD.like.part0 = [", "]"));
    URI object =
        URI.create(
            "%s/%s/imported/like.js"
                .formatted(
                    outputs.getProperty("AwsEndpointUrl"), outputs.getProperty("BucketName")));
    long since = System.nanoTime();
    expectOk(
        http.send(
            HttpRequest.newBuilder(object)
                .header("Authorization", AUTHORIZATION.formatted("s3"))
                .PUT(BodyPublishers.ofString(archive))
                .build(),
            BodyHandlers.ofString()));
    while (stored("imported") < IMPORTED) {
      if (System.nanoTime() - since > LIMIT.toNanos()) {
        throw new IOException(
            "%d of %d likes were imported".formatted(stored("imported"), IMPORTED));
      }
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - since) / 1e9;
    return List.of("an archive", "%.0f likes/s".formatted(IMPORTED / seconds), "", "");
  }

  private int stored(String user) throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> query =
        Map.of(
            "TableName", outputs.getProperty("TableName"),
            "Select", "COUNT",
            "KeyConditionExpression", "#user = :user",
            "ExpressionAttributeNames", Map.of("#user", "user"),
            "ExpressionAttributeValues", Map.of(":user", Map.of("S", user)));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(outputs.getProperty("AwsEndpointUrl")))
                .header("Authorization", AUTHORIZATION.formatted("dynamodb"))
                .header("X-Amz-Target", "DynamoDB_20120810.Query")
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(query)))
                .build(),
            BodyHandlers.ofString());
    expectOk(answer);
    return json.readTree(answer.body()).path("Count").asInt();
  }

  private static void expectOk(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException(answer.request().uri() + ": " + answer.statusCode() + answer.body());
    }
  }

  /** Stops the run as Ctrl-C does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
