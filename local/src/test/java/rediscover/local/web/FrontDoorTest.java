package rediscover.local.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.FakeFunction;
import rediscover.local.StartException;
import rediscover.local.TestStack;
import rediscover.local.aws.AwsService;
import rediscover.local.aws.Faults;
import rediscover.local.aws.Gateway;

class FrontDoorTest {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=developer/20260101/us-east-1/sqs/aws4_request, Signature=0";

  @TempDir private Path home;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private AwsService queues = exchange -> exchange.send(201);
  private FrontDoor door;

  @BeforeEach
  void open() throws IOException {
    TestStack stack = TestStack.read(home);
    Path site = Files.createDirectory(home.resolve("public"));
    Files.writeString(site.resolve("index.html"), "the site");
    Files.writeString(site.resolve("_headers"), "");
    var function =
        new FakeFunction(stack.function("RandomLikeFunction"))
            .will(FakeFunction.answer("\"a like\""));
    door = FrontDoor.bind(0, log::add);
    door.open(
        new Gateway(
            stack.application(),
            stack.access(),
            Map.of("sqs", exchange -> queues.handle(exchange)),
            Faults.NONE),
        List.of(
            new HttpApi(
                stack.application().apis().getFirst(),
                stack.access()::refuseInvocation,
                Map.of(function.spec().arn(), function))),
        new LivePermissions(stack.access()),
        new Site(site));
  }

  @AfterEach
  void close() {
    door.close();
    client.close();
  }

  @Test
  void itIsOnLoopbackOnly() {
    assertThat(door.address().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void aTakenPortIsNamed() {
    int taken = door.address().getPort();

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> FrontDoor.bind(taken, log::add))
        .withMessageContaining("port " + taken + " cannot be taken: Address already in use")
        .withMessageContaining("-Dlocal.port=");
  }

  @Test
  void everyRequestFindsItsPart() throws Exception {
    assertThat(get("/", "").body()).isEqualTo("the site");
    assertThat(get("/u/sample", "").body()).isEqualTo("\"a like\"");
    assertThat(get("/_permissions", "").body()).contains("\"off\":[]");
    assertThat(get("/u/sample", SIGNED).statusCode()).isEqualTo(201);
    assertThat(get("/missing", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aPageOfWhateverNameThatIsPointedHereGetsNothing() throws IOException {
    assertThat(send("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  /** Also those that come faster than the API's throttle lets them. */
  @Test
  void everyMalformedRequestIsToldSo() throws IOException {
    for (int i = 0; i < 300; i++) {
      assertThat(
              send(
                  "GET /u/sample HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\nnone"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aPartThatFailsIsAServerErrorAndIsLogged() throws Exception {
    queues =
        exchange -> {
          throw new IOException("the queues are gone");
        };

    assertThat(get("/", SIGNED).statusCode()).isEqualTo(500);
    assertThat(log).singleElement().asString().contains("GET / failed", "the queues are gone");
  }

  @Test
  void aDefectIsAServerErrorAndIsLogged() throws Exception {
    queues =
        exchange -> {
          throw new IllegalStateException("a defect");
        };

    assertThat(get("/", SIGNED).statusCode()).isEqualTo(500);
    assertThat(log).singleElement().asString().contains("GET / failed", "a defect");
  }

  private HttpResponse<String> get(String path, String authorization) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(door.address() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Sends bytes that no client would, and nothing after them. */
  private String send(String request) throws IOException {
    try (Socket connection = new Socket("127.0.0.1", door.address().getPort())) {
      connection.getOutputStream().write(request.getBytes(UTF_8));
      connection.shutdownOutput();
      return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
