package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** The functions as template.yaml has them, each with an event that it is invoked with. */
public final class Application {
  /** What queue-writer is given: so many messages of so many likes. */
  static final int MESSAGES = 10;

  static final int LIKES_PER_MESSAGE = 20;

  private final Path home;
  private final Path scratch;
  private final Template template;

  Application(Path home, Path scratch) {
    this.home = home;
    this.scratch = scratch;
    this.template = template(home);
  }

  /** template.yaml with a key, so that key-checker is there. */
  public static Template template(Path home) {
    return Template.read(
        home.resolve("template.yaml"),
        Deployment.onAws("rediscover", "us-east-1", "123456789012"),
        Map.of("AccessKeyParam", FakeWorld.KEY));
  }

  String bucket() {
    return template.resource("ArchiveBucket").ref();
  }

  /** The functions, and random-like twice: with likes in the table, and with all of them at X. */
  List<LambdaPackage> packages() throws IOException {
    LambdaPackage randomLike = function("RandomLikeFunction", "http-random-like.json");
    return List.of(
        stored(randomLike),
        randomLike.named("random-like, from X"),
        function("TopicWriterFunction", "sns-likes.json"),
        function("QueueWriterFunction", batch(), "queue-writer"),
        function("ArchiveImporterFunction", archive(), "archive-importer"),
        function("KeyCheckerFunction", "authorizer-key.json"));
  }

  /** What the functions are compared with: a writer and a reader as one writes them first. */
  List<LambdaPackage> plain() {
    LambdaPackage writer =
        plain("plain writer", "rediscover.plain.PlainQueueWriter", "sqs-likes.json");
    LambdaPackage reader =
        plain("plain reader", "rediscover.plain.PlainRandomLike", "http-random-like.json");
    return List.of(writer, reader.with("LIKES_TABLE", FakeWorld.STORED));
  }

  /** random-like as a snapshot would have it, with its priming and without. */
  List<LambdaPackage> ofSnapStart() {
    LambdaPackage randomLike = stored(function("RandomLikeFunction", "http-random-like.json"));
    return List.of(
        randomLike.named("primed").started(LambdaPackage.Start.SNAP_START),
        randomLike.named("not primed").started(LambdaPackage.Start.SNAP_START_WITHOUT_HOOKS));
  }

  private static LambdaPackage stored(LambdaPackage randomLike) {
    return randomLike.named("random-like, stored").with("LIKES_TABLE", FakeWorld.STORED);
  }

  private LambdaPackage plain(String name, String type, String event) {
    return new LambdaPackage(
        name,
        home.resolve("bench/plain/target/function"),
        type + "::handleRequest",
        home.resolve("events").resolve(event),
        Map.of("LIKES_TABLE", "likes"),
        LambdaPackage.Start.ON_DEMAND,
        function("QueueWriterFunction", event).memory());
  }

  private LambdaPackage function(String logicalId, String event) {
    String module =
        logicalId
            .replaceFirst("Function$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT);
    return function(logicalId, home.resolve("events").resolve(event), module);
  }

  private LambdaPackage function(String logicalId, Path event, String module) {
    Resource function = template.resource(logicalId);
    return new LambdaPackage(
        module,
        home.resolve("functions").resolve(module).resolve("target/function"),
        function.properties().string("Handler"),
        event,
        function.properties().object("Environment").stringMap("Variables"),
        LambdaPackage.Start.ON_DEMAND,
        function.properties().integer("MemorySize", 0));
  }

  /** The event of an archive in the bucket that the template makes. */
  private Path archive() throws IOException {
    String event = Files.readString(home.resolve("events/s3-archive.json"));
    return Files.writeString(
        scratch.resolve("archive.json"),
        event.replaceAll("rediscover-archives-[0-9a-f]+", bucket()));
  }

  private Path batch() throws IOException {
    List<String> records = new ArrayList<>();
    for (int message = 0; message < MESSAGES; message++) {
      int first = 1_000 + message * LIKES_PER_MESSAGE;
      String likes =
          IntStream.range(first, first + LIKES_PER_MESSAGE)
              .mapToObj(
                  id -> "{\\\"tweetId\\\":\\\"%d\\\",\\\"text\\\":\\\"a post\\\"}".formatted(id))
              .collect(Collectors.joining(","));
      records.add(
          """
          {"messageId":"message-%d","body":"{\\"user\\":\\"sample\\",\\"likes\\":[%s]}"}"""
              .formatted(message, likes));
    }
    return Files.writeString(
        scratch.resolve("batch.json"), "{\"Records\":[" + String.join(",", records) + "]}");
  }
}
