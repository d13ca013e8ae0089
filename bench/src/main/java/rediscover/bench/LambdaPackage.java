package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import rediscover.local.application.FunctionSpec;

/**
 * A function as Lambda gets it.
 *
 * @param name what the tables call it
 * @param event the file with the event that it is invoked with
 * @param start what happens before its first invocation
 */
record LambdaPackage(String name, FunctionSpec function, Path event, Start start) {

  /** How an execution environment starts. */
  enum Start {
    ON_DEMAND,

    /** Its hooks run as before a snapshot and after a restore; there is no snapshot. */
    SNAP_START,

    /** The same, but nothing runs the hooks. */
    SNAP_START_WITHOUT_HOOKS
  }

  /**
   * Another package, to be measured beside the project's.
   *
   * @param description {@code name=folder,handler,event file}, and any number of {@code
   *     ,VARIABLE=value}
   * @param like a package whose memory and timeout it gets
   */
  static LambdaPackage parse(String description, LambdaPackage like) {
    String[] parts = description.split("=", 2);
    String[] fields = parts.length == 2 ? parts[1].split(",") : new String[0];
    if (fields.length < 3) {
      throw new IllegalArgumentException(
          "describe another package as name=folder,handler,event file");
    }
    Map<String, String> environment = new HashMap<>();
    for (int i = 3; i < fields.length; i++) {
      String[] variable = fields[i].split("=", 2);
      environment.put(variable[0], variable[1]);
    }
    FunctionSpec function = like.with(Path.of(fields[0]), fields[1], environment).function();
    return new LambdaPackage(parts[0], function, Path.of(fields[2]), Start.ON_DEMAND);
  }

  int memory() {
    return function.code().memoryMegabytes();
  }

  Path folder() {
    return function.code().directory();
  }

  LambdaPackage named(String other) {
    return new LambdaPackage(other, function, event, start);
  }

  LambdaPackage with(String variable, String value) {
    Map<String, String> more = new HashMap<>(function.code().environment());
    more.put(variable, value);
    return with(folder(), function.code().handler(), more);
  }

  LambdaPackage with(Path folder, String handler, Map<String, String> environment) {
    FunctionSpec.Code code = function.code();
    return with(new FunctionSpec.Code(folder, handler, memory(), code.timeout(), environment));
  }

  LambdaPackage withMemory(int memory) {
    FunctionSpec.Code code = function.code();
    return with(
        new FunctionSpec.Code(
            folder(), code.handler(), memory, code.timeout(), code.environment()));
  }

  private LambdaPackage with(FunctionSpec.Code code) {
    return new LambdaPackage(name, function.with(code), event, start);
  }

  /** Without what Lambda finds in META-INF/services: the package's own event serializer. */
  LambdaPackage withoutSerializer(Path scratch) throws IOException {
    Path copy = Files.createTempDirectory(scratch, "plain");
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder())) {
      files = tree.filter(file -> !file.startsWith(folder().resolve("META-INF/services"))).toList();
    }
    for (Path file : files) {
      Path target = copy.resolve(folder().relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target);
      }
    }
    return named(name + ", by the runtime's databind")
        .with(copy, function.code().handler(), function.code().environment());
  }

  /** The size of its unpacked files in MiB. */
  double size() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1048576.0;
    }
  }
}
