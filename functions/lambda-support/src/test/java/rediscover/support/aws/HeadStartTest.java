package rediscover.support.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.ClosedPort;
import rediscover.support.Environment;
import software.amazon.awssdk.services.sqs.SqsClient;

class HeadStartTest {
  private record Asked(String what, boolean signed, int port) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private URI address;
  private volatile int status = 404;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          asked.add(
              new Asked(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  exchange.getRequestHeaders().containsKey("Authorization"),
                  exchange.getRemoteAddress().getPort()));
          // Without it, Java closes a connection that nobody uses for five seconds.
          exchange.getResponseHeaders().add("Keep-Alive", "timeout=600");
          exchange.getResponseHeaders().add("Location", "https://elsewhere.invalid/");
          byte[] body = "{\"QueueUrls\":[]}".getBytes(UTF_8);
          exchange.sendResponseHeaders(
              exchange.getRequestMethod().equals("GET") ? status : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 307, 404, 500})
  void theFirstCallTakesTheConnectionThatIsOpen(int answer) {
    status = answer;
    ServiceClients clients = new ServiceClients(new Environment(Map.of("AWS_REGION", "here")));

    HeadStart.connect(address, 1, new BufferedHttpClient());
    try (SqsClient sqs =
        clients.build("sqs", () -> SqsClient.builder().endpointOverride(address))) {
      sqs.listQueues();
    }

    assertThat(asked).extracting(Asked::what).containsExactly("GET /", "POST /");
    assertThat(asked).extracting(Asked::signed).containsExactly(false, true);
    assertThat(asked.getFirst().port()).isEqualTo(asked.getLast().port());
  }

  @Test
  void severalConnectionsAreOpenAtOnce() {
    HeadStart.connect(address, 3, new BufferedHttpClient());
    assertThat(asked).extracting(Asked::port).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void aServiceThatCannotBeReachedIsForTheLogAlone() throws IOException {
    try (ClosedPort nobody = new ClosedPort()) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> HeadStart.connect(nobody.address(), 1, new BufferedHttpClient()))
          .withMessage("Could not open a connection before the first call");
    }
  }
}
