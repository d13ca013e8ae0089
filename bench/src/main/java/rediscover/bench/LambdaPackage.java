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
 * @param name what the tables call it
 * @param task the folder with its classes and lib/
 * @param event the file with the event that it is invoked with
 * @param start what becomes of it before its first invocation
 * @param memory what template.yaml gives it, in MB
 */
record LambdaPackage(
    String name,
    Path task,
    String handler,
    Path event,
    Map<String, String> environment,
    Start start,
    int memory) {

  /** How an execution environment comes to be. */
  enum Start {
    ON_DEMAND,

    /** Its hooks are run as at a snapshot and a restore; there is no snapshot. */
    SNAP_START,

    /** The same where nobody calls the hooks. */
    SNAP_START_WITHOUT_HOOKS
  }

  /**
   * Another package, to be measured beside the project's.
   *
   * @param description {@code name=task folder,handler,event file} and perhaps {@code
   *     ,VARIABLE=value} as often as needed
   */
  static LambdaPackage parse(String description, int memory) {
    String[] parts = description.split("=", 2);
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
        parts[0],
        Path.of(fields[0]),
        fields[1],
        Path.of(fields[2]),
        environment,
        Start.ON_DEMAND,
        memory);
  }

  LambdaPackage named(String other) {
    return new LambdaPackage(other, task, handler, event, environment, start, memory);
  }

  LambdaPackage started(Start other) {
    return new LambdaPackage(name, task, handler, event, environment, other, memory);
  }

  LambdaPackage with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new LambdaPackage(name, task, handler, event, more, start, memory);
  }

  /** This without what Lambda finds in META-INF/services: its own reader and writer of JSON. */
  LambdaPackage withoutSerializer(Path scratch) throws IOException {
    Path copy = Files.createTempDirectory(scratch, "plain");
    List<Path> files;
    try (Stream<Path> tree = Files.walk(task)) {
      files = tree.filter(file -> !file.startsWith(task.resolve("META-INF/services"))).toList();
    }
    for (Path file : files) {
      Path target = copy.resolve(task.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
    return new LambdaPackage(
        name + ", by the runtime's databind", copy, handler, event, environment, start, memory);
  }

  /** What its files take, unpacked, in MiB. */
  double size() throws IOException {
    try (Stream<Path> files = Files.walk(task)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1048576.0;
    }
  }
}
