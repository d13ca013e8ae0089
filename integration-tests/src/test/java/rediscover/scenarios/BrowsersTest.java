package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each system's own places, on a file system in memory that is as the system's own. */
class BrowsersTest {

  private static final Map<String, String> UNIX = Map.of("PATH", "/usr/bin:/opt/a folder");

  private static final Map<String, String> WINDOWS =
      Map.of(
          "PATH", "\"C:\\in quotes\";C:\\Windows;C:\\tools",
          "ProgramFiles", "C:\\Program Files",
          "ProgramFiles(x86)", "C:\\Program Files (x86)");

  @Test
  void onLinuxItIsOnThePath() throws IOException {
    try (FileSystem linux = Jimfs.newFileSystem(Configuration.unix())) {
      Files.createDirectories(linux.getPath("/usr/bin/chromium")); // A folder is no program.
      Path chrome = program(linux, "/opt/a folder/google-chrome");

      assertThat(new Browsers(linux, UNIX::get, ":").find()).contains(chrome);
    }
  }

  @Test
  void onMacOsItIsAnApplication() throws IOException {
    try (FileSystem macOs = Jimfs.newFileSystem(Configuration.osX())) {
      Path chrome = program(macOs, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

      assertThat(new Browsers(macOs, UNIX::get, ":").find()).contains(chrome);
    }
  }

  @Test
  void onWindowsItIsAmongThePrograms() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path edge =
          program(windows, "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");
      assertThat(new Browsers(windows, WINDOWS::get, ";").find()).contains(edge);

      Path chrome = program(windows, "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");
      assertThat(new Browsers(windows, WINDOWS::get, ";").find()).contains(chrome);
    }
  }

  @Test
  void whatIsNamedComesFirst() throws IOException {
    try (FileSystem linux = Jimfs.newFileSystem(Configuration.unix())) {
      program(linux, "/usr/bin/chromium");
      Map<String, String> variables = Map.of("PATH", "/usr/bin", "CHROME_PATH", "/my/browser");

      assertThat(new Browsers(linux, variables::get, ":").find())
          .contains(linux.getPath("/my/browser"));
    }
  }

  @Test
  void whereNoneIsNoneIsFound() throws IOException {
    try (FileSystem linux = Jimfs.newFileSystem(Configuration.unix())) {
      assertThat(new Browsers(linux, UNIX::get, ":").find()).isEmpty();
      assertThat(new Browsers(linux, Map.<String, String>of()::get, ":").find()).isEmpty();
    }
  }

  private static Path program(FileSystem system, String name) throws IOException {
    Path file = system.getPath(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
