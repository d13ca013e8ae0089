package rediscover.scenarios;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Every scenario on a stack that somebody has deployed: {@code mvn verify -Paws
 * -Daws.stack=rediscover}. The other account of {@link TwoAccountsScenarios} is not looked for: its
 * topic and queue take nothing from this one's credentials.
 */
@ExtendWith(DeployedStackRun.SaysWhatIsSkipped.class)
class DeployedStackRun {

  /** A scenario that a stack in use does not allow is named, with the reason. */
  static final class SaysWhatIsSkipped implements TestWatcher {
    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
      System.out.printf(
          "Skipped: %s.%s, %s%n",
          context.getRequiredTestClass().getSimpleName(),
          context.getDisplayName(),
          cause.getMessage());
    }
  }

  @AutoClose static DeployedStage stage;
  @AutoClose static Doors doors;

  @BeforeAll
  static void find() throws IOException {
    stage = new DeployedStage(System.getProperty("aws.stack"));
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
    Access() {
      super(stage.withoutKey(), stage.keyParameter());
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
  class Redrive extends RedriveScenarios {
    Redrive() {
      super(stage, doors);
    }
  }
}
