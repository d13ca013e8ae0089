package rediscover.scenarios;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import rediscover.scenarios.Needs.Tool;

/** The scenarios on LocalStack. Those of bin/redrive run there in integration-tests/sam/run. */
@Order(1)
@Needs(Tool.DOCKER)
class LocalStackIT {

  @AutoClose static LocalStackStage stage;
  @AutoClose static Doors doors;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage = LocalStackStage.start();
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
  class Credentials extends CredentialsScenarios {
    Credentials() {
      super(stage);
    }
  }

  @Nested
  class Access extends AccessScenarios {
    Access() throws IOException {
      super(stage.withKey());
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
  class TwoAccounts extends TwoAccountsScenarios {
    TwoAccounts() {
      super(stage, doors);
    }
  }
}
