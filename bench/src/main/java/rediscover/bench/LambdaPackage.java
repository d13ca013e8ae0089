package rediscover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import rediscover.local.application.FunctionSpec;

/**
 * A function as Lambda gets it.
 *
 * @param name what the tables call it
 * @param event the file with the event that it is invoked with
 * @param snapStart whether its runtime believes that Lambda takes a snapshot and restores it
 */
record LambdaPackage(String name, FunctionSpec function, Path event, boolean snapStart) {

  int memory() {
    return function.code().memoryMegabytes();
  }

  Path folder() {
    return function.code().directory();
  }

  LambdaPackage named(String other) {
    return new LambdaPackage(other, function, event, snapStart);
  }

  LambdaPackage withSnapStart() {
    return new LambdaPackage(name, function, event, true);
  }

  LambdaPackage with(Path folder, String handler) {
    return with(
        new FunctionSpec.Code(
            folder, handler, memory(), function.code().timeout(), function.code().environment()));
  }

  LambdaPackage with(String variable, String value) {
    FunctionSpec.Code code = function.code();
    Map<String, String> more = new HashMap<>(code.environment());
    more.put(variable, value);
    return with(new FunctionSpec.Code(folder(), code.handler(), memory(), code.timeout(), more));
  }

  LambdaPackage withMemory(int memory) {
    FunctionSpec.Code code = function.code();
    return with(
        new FunctionSpec.Code(
            folder(), code.handler(), memory, code.timeout(), code.environment()));
  }

  private LambdaPackage with(FunctionSpec.Code code) {
    return new LambdaPackage(name, function.with(code), event, snapStart);
  }

  /** A copy of its files, returned as the folder that they are in. */
  Path copy(Path scratch) throws IOException {
    Path copy = Files.createTempDirectory(scratch, "package");
    try (Stream<Path> tree = Files.walk(folder())) {
      for (Path file : tree.skip(1).toList()) {
        Files.copy(file, copy.resolve(folder().relativize(file)));
      }
    }
    return copy;
  }

  /** The size of its unpacked files in MiB. */
  double size() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1048576.0;
    }
  }
}
