package rediscover.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

  private static final long OURS = 7;

  private static final long NOBODYS = OURS + 1;

  @TempDir private Path linux;

  @BeforeEach
  void run() throws IOException {
    Path process = Files.createDirectory(linux.resolve(Long.toString(OURS)));
    Files.writeString(process.resolve("status"), "Name:\tjava\nVmRSS:\t  102400 kB\nThreads:\t9\n");
  }

  @Test
  void isSaidForEachNameAndInSum() throws Exception {
    String described =
        new Memory(linux)
            .of("the run", () -> List.of(OURS))
            .of("its double", () -> List.of(OURS, OURS))
            .describe()
            .orElseThrow();

    assertThat(described).isEqualTo("300 MB: the run 100, its double 200");
  }

  @Test
  void whatDoesNotRunIsLeftOut() throws Exception {
    assertThat(
            new Memory(linux).of("idle", List::of).of("ended", () -> List.of(NOBODYS)).describe())
        .contains("0 MB: ");
  }

  @Test
  void nothingIsSaidWhereTheSystemDoesNotTell() throws Exception {
    Path none = linux.resolve("none");

    assertThat(new Memory(none).of("the run", () -> List.of(OURS)).describe()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTellsIt() throws Exception {
    long ours = ProcessHandle.current().pid();

    assertThat(new Memory().of("this", () -> List.of(ours)).describe().orElseThrow())
        .matches("(\\d+) MB: this \\1");
  }
}
