package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario on the embedded run, and what only the embedded run promises. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class EmbeddedRunIT {

  @TempDir static Path data;

  @AutoClose static Stage stage;
  @AutoClose static Doors doors;

  @BeforeAll
  static void start() throws IOException {
    stage = EmbeddedStage.start(data, 2);
    doors = new Doors(stage);
  }

  @Nested
  class Http extends HttpScenarios {
    Http() {
      super(stage, doors);
    }
  }

  @Nested
  class HttpInput extends HttpInputScenarios {
    HttpInput() {
      super(stage, doors);
    }
  }

  @Nested
  class HttpFuzz extends HttpFuzzScenarios {
    HttpFuzz() {
      super(stage);
    }
  }

  @Nested
  class Credentials extends CredentialsScenarios {
    Credentials() {
      super(stage);
    }
  }

  @Nested
  class Access extends AccessScenarios {
    Access(@TempDir Path ownData) throws IOException {
      super(EmbeddedStage.startWithKey(ownData, 1));
    }
  }

  @Nested
  class Topic extends TopicScenarios {
    Topic() {
      super(doors);
    }
  }

  @Nested
  class Queue extends QueueScenarios {
    Queue() {
      super(doors);
    }
  }

  @Nested
  class Archive extends ArchiveScenarios {
    Archive() {
      super(doors);
    }
  }

  @Nested
  @Order(1)
  class Redrive extends RedriveScenarios {
    Redrive() {
      super(stage, doors);
    }
  }

  @Nested
  class TwoAccounts extends TwoAccountsScenarios {
    TwoAccounts() {
      super(stage, doors);
    }
  }

  @Test
  void theSampleLikesAreThereFromTheStart() {
    assertThat(doors.stored("sample")).hasSize(300);
    assertThat(stage.get("/u/sample").status()).isEqualTo(200);
  }

  @Test
  void aPartThatDoesNotStartIsNamedAndTheOthersEnd(@TempDir Path ownData) throws IOException {
    Files.createFile(ownData.resolve("queues")); // Where the queues' folder would be.

    assertThatThrownBy(() -> EmbeddedStage.start(ownData, 1))
        .hasMessageContaining("Rediscover cannot start: ElasticMQ (queues) did not start: ");

    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(ownData.toString()));
  }

  @Test
  void aRestartKeepsTheData(@TempDir Path ownData) throws IOException {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(5);
    try (var before = EmbeddedStage.start(ownData, 1);
        var doorsBefore = new Doors(before)) {
      doorsBefore.send(Some.message(user, tweets));
      doorsBefore.send("{\"user\":\"" + user + "\"}");
      doorsBefore.eventually(() -> assertThat(doorsBefore.stored(user)).hasSize(5));
      doorsBefore.eventually(() -> assertThat(doorsBefore.deadLetterWith(user)).isPresent());
    }

    try (var after = EmbeddedStage.start(ownData, 1);
        var doorsAfter = new Doors(after)) {
      assertThat(doorsAfter.stored(user)).hasSize(5);
      doorsAfter.eventually(() -> assertThat(doorsAfter.deadLetterWith(user)).isPresent());
      assertThat(after.get("/u/" + user).field("tweetId")).isIn(tweets);
    }
  }
}
