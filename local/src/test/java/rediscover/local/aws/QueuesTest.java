package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;
import rediscover.local.Raw;
import rediscover.local.TestStack;
import rediscover.local.application.SessionKey;
import rediscover.local.client.JsonClient;

class QueuesTest {

  @TempDir private static Path home;

  private static TestStack stack;
  private static Queues queues;
  private static LoopbackServer server;

  @BeforeAll
  static void start() throws Exception {
    stack = TestStack.read(home);
    server = new LoopbackServer(exchange -> queues.handle(exchange));
    queues =
        Queues.start(home.resolve("queues"), server.address(), TestStack.REGION, TestStack.ACCOUNT);
    queues.create(stack.application().queues());
  }

  @AfterAll
  static void stop() {
    server.close();
    queues.close();
  }

  @Test
  void aMessageGoesInAndComesOut() throws Exception {
    JsonClient sqs = JsonClient.sqs(server.address(), TestStack.REGION);
    String queue = stack.application().queue(stack.queueArn("LikesQueue")).url();

    sqs.call(SessionKey.create(), "SendMessage", Map.of("QueueUrl", queue, "MessageBody", "hé"));

    assertThat(
            sqs.call(SessionKey.create(), "ReceiveMessage", Map.of("QueueUrl", queue))
                .at("/Messages/0/Body")
                .asText())
        .isEqualTo("hé");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host: evil.example", "Origin: https://evil.example", "X-Rediscover-Key: 0"})
  void nobodyElseIsLetIn(String header) throws Exception {
    for (String target : new String[] {"/?Action=ListQueues", "/health"}) {
      for (String method : new String[] {"GET", "POST"}) {
        assertThat(Raw.send(queues.address(), method, target, header))
            .as("%s %s", method, target)
            .startsWith("HTTP/1.1 403 ")
            .doesNotContain("Queue");
      }
    }
  }
}
