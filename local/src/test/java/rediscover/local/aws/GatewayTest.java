package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;

class GatewayTest {

  @TempDir private Path home;

  private final List<String> served = new CopyOnWriteArrayList<>();
  private final List<String> passed = new CopyOnWriteArrayList<>();
  private final List<Boolean> signed = new CopyOnWriteArrayList<>();
  private TestStack stack;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    stack = TestStack.read(home);
    AwsService dynamoDb =
        exchange -> {
          served.add(new String(exchange.body(), StandardCharsets.UTF_8));
          exchange.send(204);
        };
    Faults faults =
        (caller, name, service, exchange) -> {
          passed.add(caller.logicalId() + " " + name);
          service.handle(exchange);
        };
    var gateway =
        new Gateway(stack.application(), stack.access(), Map.of("dynamodb", dynamoDb), faults);
    server =
        new LoopbackServer(
            exchange -> {
              signed.add(Gateway.isSigned(exchange));
              if (signed.getLast()) {
                gateway.handle(exchange);
              } else {
                exchange.send(404);
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFunctionDoesWhatItsRoleAllows() throws Exception {
    String body = put();

    assertThat(send(key("TopicWriterFunction"), "dynamodb", "PutItem", body).statusCode())
        .isEqualTo(204);
    assertThat(served).containsExactly(body);
  }

  @Test
  void whatItsRoleDoesNotAllowNeverReachesTheService() throws Exception {
    HttpResponse<String> answer =
        send(key("ArchiveImporterFunction"), "dynamodb", "PutItem", put());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("AccessDeniedException", "is not authorized to perform: dynamodb:PutItem");
    assertThat(served).isEmpty();
  }

  @Test
  void anyOtherKeyIsTheDevelopersWhoMayDoEverything() throws Exception {
    assertThat(send("developer", "dynamodb", "DeleteTable", put()).statusCode()).isEqualTo(204);
    assertThat(served).hasSize(1);
  }

  @Test
  void onlyWhatAFunctionCallsAndMayCallCanGoWrong() throws Exception {
    send("developer", "dynamodb", "PutItem", put());
    send(key("ArchiveImporterFunction"), "dynamodb", "PutItem", put());
    send(key("TopicWriterFunction"), "dynamodb", "PutItem", put());

    assertThat(passed).containsExactly("TopicWriterFunction dynamodb");
  }

  @Test
  void aServiceThatIsNotPlayedIsRefusedByName() throws Exception {
    HttpResponse<String> answer = send("developer", "kms", "Decrypt", "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The embedded run has no kms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer token",
        "Basic Credential",
        "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/sqs/other, Signature=0"
      })
  void whatIsNotSignedIsNotForAws(String authorization) throws Exception {
    server.send(server.request("/").header("Authorization", authorization));
    server.get("/");

    assertThat(signed).containsExactly(false, false);
  }

  private String put() {
    String table = stack.application().tables().getFirst().name();
    return "{\"TableName\":\"" + table + "\",\"Item\":{}}";
  }

  private String key(String function) {
    return stack.function(function).session().accessKeyId();
  }

  private HttpResponse<String> send(String key, String service, String action, String body)
      throws Exception {
    HttpRequest.Builder request =
        server
            .request("/")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(key, service))
            .header("X-Amz-Target", "DynamoDB_20120810." + action)
            .POST(BodyPublishers.ofString(body));
    return server.send(request);
  }
}
