package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A function as Lambda gets it.
 *
 * @param name what the table calls it
 * @param task the folder with its classes and lib/
 * @param event the file with the event that it is invoked with
 * @param start what becomes of it before its first invocation
 */
record LambdaPackage(
    String name,
    Path task,
    String handler,
    Path event,
    Map<String, String> environment,
    Start start) {

  /** How an execution environment comes to be. */
  enum Start {
    ON_DEMAND,

    /** Its hooks are run as at a snapshot and a restore; there is no snapshot. */
    SNAP_START,

    /** The same where nobody calls the hooks. */
    SNAP_START_WITHOUT_HOOKS
  }

  /** The functions of the project, and the plain ones beside them. */
  static List<LambdaPackage> ofTheProject(Path home) {
    Path functions = home.resolve("functions");
    Path plain = home.resolve("bench/plain/target/function");
    Path events = home.resolve("events");
    Map<String, String> writes = Map.of("LIKES_TABLE", "likes");
    return List.of(
        new LambdaPackage(
            "plain writer",
            plain,
            "rediscover.plain.PlainQueueWriter::handleRequest",
            events.resolve("sqs-likes.json"),
            writes,
            Start.ON_DEMAND),
        new LambdaPackage(
            "topic-writer",
            built(functions, "topic-writer"),
            "rediscover.topicwriter.TopicWriterHandler::handleRequest",
            events.resolve("sns-likes.json"),
            writes,
            Start.ON_DEMAND),
        new LambdaPackage(
            "queue-writer",
            built(functions, "queue-writer"),
            "rediscover.queuewriter.QueueWriterHandler::handleRequest",
            events.resolve("sqs-likes.json"),
            writes,
            Start.ON_DEMAND),
        new LambdaPackage(
            "archive-importer",
            built(functions, "archive-importer"),
            "rediscover.archiveimporter.ArchiveImporterHandler::handleRequest",
            events.resolve("s3-archive.json"),
            Map.of("LIKES_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/123456789012/likes"),
            Start.ON_DEMAND),
        new LambdaPackage(
            "plain reader",
            plain,
            "rediscover.plain.PlainRandomLike::handleRequest",
            events.resolve("http-random-like.json"),
            Map.of("LIKES_TABLE", FakeWorld.STORED),
            Start.ON_DEMAND),
        randomLike(home, "random-like, stored", FakeWorld.STORED, Start.ON_DEMAND),
        randomLike(home, "random-like, from X", "likes", Start.ON_DEMAND));
  }

  /** random-like as a snapshot would have it, with its priming and without. */
  static List<LambdaPackage> ofSnapStart(Path home) {
    return List.of(
        randomLike(home, "primed", FakeWorld.STORED, Start.SNAP_START),
        randomLike(home, "not primed", FakeWorld.STORED, Start.SNAP_START_WITHOUT_HOOKS));
  }

  /**
   * Another package, to be measured beside the project's.
   *
   * @param description {@code name=task folder,handler,event file} and perhaps {@code
   *     ,VARIABLE=value} as often as needed
   */
  static LambdaPackage parse(String description) {
    String[] parts = description.split("[=]", 2);
    String[] fields = parts.length == 2 ? parts[1].split(",") : new String[0];
    if (fields.length < 3) {
      throw new IllegalArgumentException(
          "another package is described as name=folder,handler,event file");
    }
    Map<String, String> environment = new HashMap<>();
    for (int i = 3; i < fields.length; i++) {
      String[] variable = fields[i].split("=", 2);
      environment.put(variable[0], variable[1]);
    }
    return new LambdaPackage(
        parts[0], Path.of(fields[0]), fields[1], Path.of(fields[2]), environment, Start.ON_DEMAND);
  }

  private static LambdaPackage randomLike(Path home, String name, String table, Start start) {
    return new LambdaPackage(
        name,
        built(home.resolve("functions"), "random-like"),
        "rediscover.randomlike.RandomLikeHandler::handleRequest",
        home.resolve("events/http-random-like.json"),
        Map.of(
            "LIKES_TABLE",
            table,
            "LIKES_QUEUE_URL",
            "https://sqs.us-east-1.amazonaws.com/123456789012/likes",
            "TWITTER_AUTH_PARAM",
            "P",
            "X_API_VERSION",
            "2",
            "X_API_URL",
            "https://api.x.com"),
        start);
  }

  private static Path built(Path functions, String module) {
    return functions.resolve(module).resolve("target/function");
  }

  /** What its files take, unpacked. */
  long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(task)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
