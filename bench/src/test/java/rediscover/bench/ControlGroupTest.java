package rediscover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into a control group, in a folder that stands for the kernel's. */
class ControlGroupTest {
  private static final ProcessHandle THIS_ONE = ProcessHandle.current();

  @TempDir Path parent;

  @Test
  void versionOneHasAFileForThePeriodAndOneForTheQuota() throws IOException {
    new ControlGroup(parent, 1).limit(THIS_ONE, 0.29);

    assertThat(group().resolve("cpu.cfs_period_us")).hasContent("20000");
    assertThat(group().resolve("cpu.cfs_quota_us")).hasContent("5800");
    assertThat(group().resolve("cgroup.procs")).hasContent(Long.toString(THIS_ONE.pid()));
  }

  @Test
  void versionTwoHasOneFileForBoth() throws IOException {
    new ControlGroup(parent, 2).limit(THIS_ONE, 1.7);

    assertThat(group().resolve("cpu.max")).hasContent("34000 20000");
    assertThat(group().resolve("cgroup.procs")).hasContent(Long.toString(THIS_ONE.pid()));
  }

  @Test
  void aFolderThatIsNotThereAllowsNothing() {
    assertThat(new ControlGroup(parent.resolve("none"), 2).isAllowed()).isFalse();
  }

  private Path group() throws IOException {
    try (Stream<Path> groups = Files.list(parent)) {
      List<Path> all = groups.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }
}
