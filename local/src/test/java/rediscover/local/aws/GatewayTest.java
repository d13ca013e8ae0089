package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;

class GatewayTest {

  @TempDir private Path home;

  private final List<String> served = new CopyOnWriteArrayList<>();
  private final List<String> passed = new CopyOnWriteArrayList<>();
  private final List<Boolean> signed = new CopyOnWriteArrayList<>();
  private volatile boolean lacking;
  private TestStack stack;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    stack = TestStack.read(home);
    open();
  }

  private void open() {
    AwsService dynamoDb =
        exchange -> {
          served.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
        };
    Faults faults =
        (caller, name, service, exchange) -> {
          passed.add(caller.logicalId() + " " + name);
          service.handle(exchange);
        };
    AwsService s3 =
        new AwsService() {
          @Override
          public void handle(HttpExchange exchange) throws IOException {
            dynamoDb.handle(exchange);
          }

          @Override
          public boolean lacks(String arn) {
            return lacking;
          }
        };
    Map<String, AwsService> services =
        Map.of("dynamodb", dynamoDb, "s3", s3, "sqs", dynamoDb, "sns", dynamoDb, "ssm", dynamoDb);
    var gateway = new Gateway(stack.application(), stack.access(), services, faults);
    server =
        new LoopbackServer(
            exchange -> {
              signed.add(Gateway.isSigned(exchange));
              if (signed.getLast()) {
                gateway.handle(exchange);
              } else {
                exchange.sendResponseHeaders(404, -1);
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

  @ParameterizedTest
  @CsvSource({
    "dynamodb, 400, UnrecognizedClientException",
    "ssm, 400, UnrecognizedClientException",
    "sqs, 403, UnrecognizedClientException",
    "sns, 403, InvalidClientTokenId",
    "s3, 403, InvalidAccessKeyId"
  })
  void anotherKeyIsNobodys(String service, int status, String code) throws Exception {
    HttpResponse<String> answer = send("ASIAOFSOMEBODYELSE", service, "PutItem", put());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
    assertThat(served).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb, 400, UnknownOperationException",
    "ssm, 400, UnknownOperationException",
    "sqs, 400, UnsupportedOperation",
    "sns, 400, InvalidAction",
    "s3, 501, NotImplemented"
  })
  void whatIsNotKnownIsNotDenied(String service, int status, String code) throws Exception {
    HttpResponse<String> answer = send(key("TopicWriterFunction"), service, "CreateAny", "{}");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .contains(code, "is not supported here")
        .doesNotContain("AccessDenied", "Authorization");
    assertThat(served).isEmpty();
  }

  @Test
  void aTransactionNeedsEveryTable() throws Exception {
    String table = stack.application().tables().getFirst().name();
    for (String tables : List.of("\"%s\":[]", "\"%s\":[],\"other\":[]")) {
      HttpResponse<String> answer =
          send(
              key("TopicWriterFunction"),
              "dynamodb",
              "TransactWriteItems",
              "{\"TransactItems\":["
                  + "{\"Put\":{\"TableName\":\""
                  + table
                  + "\"}}"
                  + (tables.contains("other") ? ",{\"Put\":{\"TableName\":\"other\"}}" : "")
                  + "]}");
      assertThat(answer.statusCode()).isEqualTo(tables.contains("other") ? 400 : 204);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, 403", "HEAD, 403"})
  void whoMayNotListABucketIsNotToldThatAnObjectIsMissing(String method, int status)
      throws Exception {
    lacking = true;
    HttpResponse<String> answer = getObject(method);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (method.equals("GET")) {
      assertThat(answer.body()).contains("AccessDenied", "s3:ListBucket");
    }
    lacking = false;
    assertThat(getObject(method).statusCode()).isEqualTo(204);
  }

  @Test
  void whoMayListABucketIsTold() throws Exception {
    stack =
        TestStack.read(
            home,
            TestStack.text("template.yaml")
                .replace(
                    "                Action: s3:GetObject\n",
                    "                Action: ['s3:GetObject', 's3:ListBucket']\n")
                .replace(
                    "rediscover-archives-${StackUuid}/*\n", "rediscover-archives-${StackUuid}*\n"));
    server.close();
    open();
    lacking = true;

    assertThat(getObject("GET").statusCode()).as("the bucket's own answer").isEqualTo(204);
  }

  private HttpResponse<String> getObject(String method) throws Exception {
    String bucket = stack.application().buckets().getFirst().name();
    return server.send(
        server
            .request("/" + bucket + "/me/like.js")
            .header("Authorization", signature(key("ArchiveImporterFunction"), "s3"))
            .method(method, BodyPublishers.noBody()));
  }

  @Test
  void theDeveloperMayDoEverything() throws Exception {
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

  private static String signature(String key, String service) {
    return "AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
        .formatted(key, service);
  }

  private HttpResponse<String> send(String key, String service, String action, String body)
      throws Exception {
    HttpRequest.Builder request =
        server
            .request("/")
            .header("Authorization", signature(key, service))
            .header("X-Amz-Target", "DynamoDB_20120810." + action)
            .POST(BodyPublishers.ofString(body));
    return server.send(request);
  }
}
