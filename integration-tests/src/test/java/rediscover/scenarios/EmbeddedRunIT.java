package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario on the embedded run, and what only the embedded run promises. */
@Order(1)
class EmbeddedRunIT {

  @TempDir static Path data;

  @AutoClose static EmbeddedStage stage;
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
    doors.eventually(() -> assertThat(doors.stored("sample")).hasSize(300));
    assertThat(stage.get("/u/sample").status()).isEqualTo(200);
  }

  /**
   * What a page sends that has pointed its own name to this machine, and what a page sends that
   * only knows the port. The tables of open sockets are Linux's.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void noServerOfTheRunAnswersAPage() throws IOException {
    stage.get("/u/sample"); // A function has a server, too.
    int frontDoor = stage.awsEndpoint().getPort();
    Set<Integer> ports = ListeningPorts.of(stage.processes());

    // X, queues, buckets, tables and at least one function.
    assertThat(ports).contains(frontDoor).hasSizeGreaterThanOrEqualTo(6);
    for (int port : ports) {
      var server = new RawHttp(URI.create("http://127.0.0.1:" + port));
      for (String request :
          List.of(
              "GET / HTTP/1.1\r\nHost: evil.example:%d\r\n",
              "GET /__admin/mappings HTTP/1.1\r\nHost: evil.example:%d\r\n",
              "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: evil.example:%d\r\n",
              "POST /?Action=ListQueues HTTP/1.1\r\nHost: evil.example:%d\r\n"
                  + "Origin: http://evil.example\r\n")) {
        assertThat(server.send(closing(request.formatted(port))))
            .as("%d: %s", port, request)
            .hasValueSatisfying(answer -> assertThat(answer.status()).isIn(403, 421));
      }
      if (port != frontDoor) {
        String request =
            "POST /__admin/mappings HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                + "Origin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\n";
        assertThat(server.send(closing(request.formatted(port))))
            .as("%d: %s", port, request)
            .hasValueSatisfying(
                answer -> {
                  assertThat(answer.status()).isIn(403, 421);
                  assertThat(answer.header("access-control-allow-origin")).isEmpty();
                });
      }
    }
  }

  private static byte[] closing(String request) {
    return (request + "Content-Length: 0\r\nConnection: close\r\n\r\n").getBytes(UTF_8);
  }
}
