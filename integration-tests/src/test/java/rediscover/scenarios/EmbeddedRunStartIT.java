package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded run promises about its start and its end. */
@Order(2)
class EmbeddedRunStartIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void aPartThatDoesNotStartIsNamedAndTheOthersEnd(@TempDir Path ownData) throws IOException {
    Files.createFile(ownData.resolve("queues")); // Where the queues' folder would be.

    assertThatThrownBy(() -> EmbeddedStage.start(ownData, 1))
        .hasMessageContaining("Rediscover cannot start: ElasticMQ (queues) did not start: ");

    // Windows tells nobody's command line: there this sees nothing.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ProcessHandle.allProcesses())
                    .noneMatch(
                        process ->
                            process.info().commandLine().orElse("").contains(ownData.toString())));
  }

  @Test
  void aRestartKeepsTheDataAndNoProcess(@TempDir Path temporary) throws IOException {
    Path ownData = Files.createDirectory(temporary.resolve("a folder"));
    String user = Some.user();
    List<String> tweets = Some.tweetIds(5);
    List<ProcessHandle> processes;
    try (var before = EmbeddedStage.start(ownData, 1);
        var doorsBefore = new Doors(before)) {
      doorsBefore.send(Some.message(user, tweets));
      doorsBefore.send("{\"user\":\"" + user + "\"}");
      doorsBefore.eventually(() -> assertThat(doorsBefore.stored(user)).hasSize(5));
      doorsBefore.eventuallyBuries(user);
      processes = before.processes();
    }
    assertThat(processes).hasSizeGreaterThan(2);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));

    try (var after = EmbeddedStage.start(ownData, 1);
        var doorsAfter = new Doors(after)) {
      assertThat(doorsAfter.stored(user)).hasSize(5);
      doorsAfter.eventuallyBuries(user);
      assertThat(after.get("/u/" + user).field("tweetId")).isIn(tweets);
    }
  }
}
