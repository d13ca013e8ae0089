package rediscover.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import rediscover.bench.LambdaPackage.Start;
import rediscover.local.application.ApplicationReader;
import rediscover.local.application.FunctionSpec;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;
import rediscover.queuewriter.BatchWriter;

/** The functions of template.yaml, each with an event that it is invoked with. */
public final class Application {
  private static final Deployment DEPLOYMENT =
      Deployment.onAws("rediscover", FakeWorld.REGION, "123456789012");

  private final Path home;
  private final Path scratch;
  private final Template template;
  private final List<FunctionSpec> functions;

  Application(Path home, Path scratch) {
    this.home = home;
    this.scratch = scratch;
    this.template = template(home);
    this.functions = ApplicationReader.read(home, template, DEPLOYMENT).functions();
  }

  /** template.yaml with a key, so that key-checker is there. */
  public static Template template(Path home) {
    return Template.read(
        home.resolve("template.yaml"), DEPLOYMENT, Map.of("AccessKeyParam", FakeWorld.KEY));
  }

  String bucket() {
    return template.resource("ArchiveBucket").ref();
  }

  /** The functions, and random-like twice: with likes in the table, and with all of them at X. */
  List<LambdaPackage> packages() throws IOException {
    LambdaPackage randomLike = function("random-like", event("http-random-like.json"));
    return List.of(
        stored(randomLike),
        randomLike.named("random-like, from X"),
        function("topic-writer", event("sns-likes.json")),
        function("queue-writer", batch()),
        function("archive-importer", archive()),
        function("key-checker", event("authorizer-key.json")));
  }

  /** What the functions are compared with: a writer and a reader as one writes them first. */
  List<LambdaPackage> plain() {
    return List.of(
        plain("plain writer", "rediscover.plain.PlainQueueWriter", "sqs-likes.json", "likes"),
        plain(
            "plain reader",
            "rediscover.plain.PlainRandomLike",
            "http-random-like.json",
            FakeWorld.STORED));
  }

  /** random-like as a snapshot would have it, with its priming and without. */
  List<LambdaPackage> ofSnapStart() {
    LambdaPackage stored = stored(function("random-like", event("http-random-like.json")));
    return List.of(
        new LambdaPackage("primed", stored.function(), stored.event(), Start.SNAP_START),
        new LambdaPackage(
            "not primed", stored.function(), stored.event(), Start.SNAP_START_WITHOUT_HOOKS));
  }

  private static LambdaPackage stored(LambdaPackage randomLike) {
    return randomLike.named("random-like, stored").with("LIKES_TABLE", FakeWorld.STORED);
  }

  private LambdaPackage plain(String name, String type, String event, String table) {
    return function("queue-writer", event(event))
        .named(name)
        .with(
            home.resolve("bench/plain/target/function"),
            type + "::handleRequest",
            Map.of("LIKES_TABLE", table));
  }

  private LambdaPackage function(String module, Path event) {
    FunctionSpec function =
        functions.stream().filter(one -> one.module().equals(module)).findFirst().orElseThrow();
    return new LambdaPackage(module, function, event, Start.ON_DEMAND);
  }

  private Path event(String name) {
    return home.resolve("events").resolve(name);
  }

  /** The event of an archive in the bucket that the template makes. */
  private Path archive() throws IOException {
    String event = Files.readString(event("s3-archive.json"));
    return Files.writeString(
        scratch.resolve("archive.json"),
        event.replaceAll("rediscover-archives-[0-9a-f]+", bucket()));
  }

  private Path batch() throws IOException {
    List<String> messages = BatchWriter.messages();
    List<Map<String, String>> records =
        IntStream.range(0, messages.size())
            .mapToObj(i -> Map.of("messageId", "message-" + i, "body", messages.get(i)))
            .toList();
    Path file = scratch.resolve("batch.json");
    new ObjectMapper().writeValue(file.toFile(), Map.of("Records", records));
    return file;
  }
}
