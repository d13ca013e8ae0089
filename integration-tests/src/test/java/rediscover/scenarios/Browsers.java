package rediscover.scenarios;

import java.io.File;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Looks for Chromium or Chrome on a machine: where {@code CHROME_PATH} says, on the path, and where
 * the installers of macOS and Windows put them. Windows has Edge, which is Chromium as well.
 *
 * @param variables the environment's
 * @param pathSeparator of the variable {@code PATH}
 */
record Browsers(FileSystem files, UnaryOperator<String> variables, String pathSeparator) {

  private static final List<String> COMMANDS =
      List.of("chromium", "google-chrome", "google-chrome-stable", "chromium-browser");

  private static final List<String> ON_MACOS =
      List.of(
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  private static final List<String> ON_WINDOWS =
      List.of("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA");

  private static final List<String> BELOW =
      List.of(
          "Google/Chrome/Application/chrome.exe",
          "Chromium/Application/chrome.exe",
          "Microsoft/Edge/Application/msedge.exe");

  static Browsers ofThisMachine() {
    return new Browsers(FileSystems.getDefault(), System::getenv, File.pathSeparator);
  }

  Optional<Path> find() {
    return variable("CHROME_PATH")
        .flatMap(this::path)
        .or(() -> Stream.of(onThePath(), onMacOs(), onWindows()).flatMap(all -> all).findFirst());
  }

  private Stream<Path> onThePath() {
    return COMMANDS.stream()
        .flatMap(
            command ->
                variable("PATH").stream()
                    .flatMap(folders -> Stream.of(folders.split(pathSeparator)))
                    .flatMap(folder -> path(folder).stream())
                    .map(folder -> folder.resolve(command)))
        .filter(Browsers::isProgram);
  }

  private Stream<Path> onMacOs() {
    return ON_MACOS.stream().flatMap(name -> path(name).stream()).filter(Browsers::isProgram);
  }

  private Stream<Path> onWindows() {
    return BELOW.stream()
        .flatMap(
            name ->
                ON_WINDOWS.stream()
                    .flatMap(folder -> variable(folder).flatMap(this::path).stream())
                    .map(folder -> folder.resolve(name)))
        .filter(Browsers::isProgram);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.apply(name));
  }

  /** Nothing for what can be no file here, such as a folder in quotation marks on Windows. */
  private Optional<Path> path(String name) {
    try {
      return Optional.of(files.getPath(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
