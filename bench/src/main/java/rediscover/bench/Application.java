package rediscover.bench;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.local.application.ApplicationReader;
import rediscover.local.application.FunctionSpec;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;
import rediscover.queuewriter.BoundedQueueWriter;

/** The functions of template.yaml, each with an event that it is invoked with. */
public final class Application {
  private static final Deployment DEPLOYMENT =
      Deployment.onAws("rediscover", FakeWorld.REGION, "123456789012");

  private static final int MESSAGES = 10;
  private static final int LIKES_PER_MESSAGE = 20;

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
    return List.of(
        stored(),
        function("random-like", event("http-random-like.json")).named("random-like, from X"),
        function("topic-writer", event("sns-likes.json")),
        function("queue-writer", batch()),
        function("archive-importer", archive()),
        function("key-checker", event("authorizer-key.json")));
  }

  /** The same, and two of them also without their own event serializer. */
  List<LambdaPackage> packagesAndVariants() throws IOException {
    List<LambdaPackage> all = new ArrayList<>();
    for (LambdaPackage one : packages()) {
      all.add(one);
      if (one.name().equals("topic-writer") || one.name().equals("random-like, stored")) {
        all.add(withoutSerializer(one));
      }
    }
    return all;
  }

  private LambdaPackage withoutSerializer(LambdaPackage one) throws IOException {
    Path folder = one.copy(scratch);
    Files.delete(folder.resolve("META-INF/services/" + CustomPojoSerializer.class.getName()));
    return one.named(one.name() + ", by the runtime's databind")
        .with(folder, one.function().code().handler());
  }

  /** What the functions are compared with: a writer and a reader as one writes them first. */
  List<LambdaPackage> plain() {
    return List.of(
        plain("plain writer", "rediscover.plain.PlainQueueWriter", "sqs-likes.json"),
        plain("plain reader", "rediscover.plain.PlainRandomLike", "http-random-like.json"));
  }

  private LambdaPackage plain(String name, String type, String event) {
    return function("queue-writer", event(event))
        .named(name)
        .with(home.resolve("bench/plain/target/function"), type + "::handleRequest")
        .with("LIKES_TABLE", FakeWorld.STORED);
  }

  /** random-like without SnapStart and with it. */
  List<LambdaPackage> ofSnapStart() {
    return List.of(
        stored().named("off, from the start of the process"),
        stored().named("on, from the end of the restore").withSnapStart());
  }

  /** queue-writer with a {@link BoundedQueueWriter} and a table that takes its time. */
  LambdaPackage boundedQueueWriter() throws IOException {
    LambdaPackage queueWriter = function("queue-writer", batch());
    Path folder = queueWriter.copy(scratch);
    String file = BoundedQueueWriter.class.getName().replace('.', '/') + ".class";
    Files.copy(home.resolve("bench/target/classes").resolve(file), folder.resolve(file));
    return queueWriter
        .with(folder, BoundedQueueWriter.class.getName())
        .with("LIKES_TABLE", FakeWorld.SLOW);
  }

  /**
   * Another package, to be measured beside the project's.
   *
   * @param description {@code folder,handler,event file}, and any number of {@code ,VARIABLE=value}
   */
  LambdaPackage other(String description) {
    List<String> fields = List.of(description.split(","));
    if (fields.size() < 3) {
      throw new IllegalArgumentException("describe another package as folder,handler,event file");
    }
    LambdaPackage other =
        function("queue-writer", Path.of(fields.get(2)))
            .named("original")
            .with(Path.of(fields.get(0)), fields.get(1));
    for (String variable : fields.subList(3, fields.size())) {
      String[] parts = variable.split("=", 2);
      other = other.with(parts[0], parts[1]);
    }
    return other;
  }

  private LambdaPackage stored() {
    return function("random-like", event("http-random-like.json"))
        .named("random-like, stored")
        .with("LIKES_TABLE", FakeWorld.STORED);
  }

  private LambdaPackage function(String module, Path event) {
    FunctionSpec function =
        functions.stream().filter(one -> one.module().equals(module)).findFirst().orElseThrow();
    return new LambdaPackage(module, function, event, false);
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

  /** The event of a full batch. */
  private Path batch() throws IOException {
    List<Map<String, String>> records =
        IntStream.range(0, MESSAGES)
            .mapToObj(i -> Map.of("messageId", "message-" + i, "body", message(i)))
            .toList();
    Path file = scratch.resolve("batch.json");
    new ObjectMapper().writeValue(file.toFile(), Map.of("Records", records));
    return file;
  }

  private static String message(int number) {
    int first = 1000 + number * LIKES_PER_MESSAGE;
    List<Like> likes =
        IntStream.range(first, first + LIKES_PER_MESSAGE)
            .mapToObj(id -> new Like(Integer.toString(id), Optional.of("a post"), Optional.empty()))
            .toList();
    return new LikesMessage(new UserName("sample"), likes).toJson();
  }
}
