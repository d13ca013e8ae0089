package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.LoopbackServer;

class AwsCallTest {

  private static final String HERE = "us-east-1:123456789012:";

  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile String service;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    server =
        new LoopbackServer(
            exchange -> {
              calls.add(AwsCall.read(service, "us-east-1", "123456789012", exchange));
              bodies.add(new String(exchange.body(), StandardCharsets.UTF_8));
              exchange.send(204);
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PutItem |       {"TableName":"likes"} |                      dynamodb:PutItem table/likes
          Query |         {"TableName":"likes"} |                      dynamodb:Query table/likes
          Query |         {"TableName":"likes","IndexName":"byDate"} | dynamodb:Query table/likes/index/byDate
          DescribeTable | {"TableName":"likes"} |                      dynamodb:DescribeTable table/likes
          BatchWriteItem | {"RequestItems":{"a":[],"b":[]}} |          dynamodb:BatchWriteItem table/a, dynamodb:BatchWriteItem table/b
          BatchGetItem |  {"RequestItems":{"a":{"Keys":[]}}} |         dynamodb:BatchGetItem table/a
          TransactGetItems | {"TransactItems":[{"Get":{"TableName":"a"}},{"Get":{"TableName":"a"}}]} | dynamodb:GetItem table/a
          TransactWriteItems | {"TransactItems":[{"Put":{"TableName":"a"}},{"ConditionCheck":{"TableName":"b"}},{"Delete":{"TableName":"a"}},{"Update":{"TableName":"b"}}]} | dynamodb:PutItem table/a, dynamodb:ConditionCheckItem table/b, dynamodb:DeleteItem table/a, dynamodb:UpdateItem table/b
          """)
  void everyTableIsAskedFor(String operation, String body, String expected) throws Exception {
    assertThat(json("dynamodb", "DynamoDB_20120810." + operation, body))
        .containsExactly(
            expected.replace(" table/", " arn:aws:dynamodb:" + HERE + "table/").split(", "));
  }

  @Test
  void aTableMayBeNamedByItsArn() throws Exception {
    String arn = "arn:aws:dynamodb:us-east-1:210987654321:table/other";

    assertThat(json("dynamodb", "DynamoDB_20120810.PutItem", "{\"TableName\":\"" + arn + "\"}"))
        .containsExactly("dynamodb:PutItem " + arn);
    assertThat(
            json(
                "dynamodb",
                "DynamoDB_20120810.BatchGetItem",
                "{\"RequestItems\":{\"" + arn + "\":{}}}"))
        .containsExactly("dynamodb:BatchGetItem " + arn);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dynamodb | DynamoDB_20120810.ListTables |     {} | dynamodb:ListTables *
          dynamodb | DynamoDB_20120810.BatchWriteItem | {} | dynamodb:BatchWriteItem *
          sqs |      AmazonSQS.ListQueues |             {} | sqs:ListQueues *
          ssm |      AmazonSSM.DescribeParameters |     {} | ssm:DescribeParameters *
          ssm |      AmazonSSM.GetParameters |          {} | ssm:GetParameters *
          """)
  void whatNamesNothingIsAboutNothing(String service, String target, String body, String expected)
      throws Exception {
    assertThat(json(service, target, body)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "SendMessage, SendMessage",
    "SendMessageBatch, SendMessage",
    "DeleteMessageBatch, DeleteMessage",
    "ChangeMessageVisibilityBatch, ChangeMessageVisibility",
    "ReceiveMessage, ReceiveMessage"
  })
  void aBatchIsTheSingleActionToAPolicy(String target, String action) throws Exception {
    assertThat(
            json(
                "sqs",
                "AmazonSQS." + target,
                "{\"QueueUrl\":\"http://127.0.0.1:4000/210987654321/likes\"}"))
        .containsExactly("sqs:" + action + " arn:aws:sqs:us-east-1:210987654321:likes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"QueueName":"q"} |                                          arn:aws:sqs:us-east-1:123456789012:q
          {"QueueName":"q","QueueOwnerAWSAccountId":"210987654321"} | arn:aws:sqs:us-east-1:210987654321:q
          {} |                                                         *
          """)
  void aQueueIsFoundByItsName(String body, String resource) throws Exception {
    assertThat(json("sqs", "AmazonSQS.GetQueueUrl", body))
        .containsExactly("sqs:GetQueueUrl " + resource);
  }

  @ParameterizedTest
  @CsvSource({
    "TWITTER_AUTH, parameter/TWITTER_AUTH",
    "/rediscover/x, parameter/rediscover/x",
    "rediscover/x, parameter/rediscover/x"
  })
  void aParametersLeadingSlashIsNotDoubled(String name, String resource) throws Exception {
    String arn = "arn:aws:ssm:" + HERE + resource;
    assertThat(json("ssm", "AmazonSSM.GetParameter", "{\"Name\":\"" + name + "\"}"))
        .containsExactly("ssm:GetParameter " + arn);
    assertThat(json("ssm", "AmazonSSM.GetParameters", "{\"Names\":[\"" + name + "\",\"b\"]}"))
        .containsExactly(
            "ssm:GetParameters " + arn, "ssm:GetParameters arn:aws:ssm:" + HERE + "parameter/b");
  }

  @ParameterizedTest
  @CsvSource({
    "Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A1%3At&Message=a%26b, sns:Publish,"
        + " arn:aws:sns:us-east-1:1:t",
    "Action=Publish&TargetArn=arn%3Aaws%3Asns%3Aus-east-1%3A1%3At, sns:Publish,"
        + " arn:aws:sns:us-east-1:1:t",
    "Action=PublishBatch&TopicArn=arn%3At, sns:Publish, arn:t",
    "Action=ListTopics, sns:ListTopics, *"
  })
  void aTopicIsNamedByItsArn(String form, String action, String resource) throws Exception {
    assertThat(accesses("sns", server.request("/").POST(BodyPublishers.ofString(form))))
        .containsExactly(action + " " + resource);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /b/me/like.js,                                GetObject",
    "HEAD,   /b/me/like.js,                                GetObject",
    "GET,    /b/me/like.js?x-id=GetObject,                 GetObject",
    "PUT,    /b/me/like.js,                                PutObject",
    "DELETE, /b/me/like.js,                                DeleteObject"
  })
  void anObjectIsReadWrittenOrDeleted(String method, String path, String action) throws Exception {
    assertThat(s3(method, path)).containsExactly("s3:" + action + " arn:aws:s3:::b/me/like.js");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /b/me/like.js?acl",
    "GET,    /b/me/like.js?tagging=",
    "GET,    /b/me/like.js?x-id=GetObject&acl",
    "PUT,    /b/me/like.js?acl",
    "GET,    /b/me/like.js?versionId=3",
    "PUT,    /b/me/like.js?partNumber=1&uploadId=2",
    "POST,   /b/me/like.js",
    "POST,   /b/me/like.js?uploads",
    "DELETE, /b/me/like.js?tagging",
    "DELETE, /b/me/like.js?versionId=3",
    "PATCH,  /b/me/like.js",
    "GET,    /b?policy",
    "GET,    /b?acl",
    "GET,    /b?list-type=2&versions",
    "PUT,    /b",
    "DELETE, /b",
    "POST,   /b?delete",
    "GET,    /b?location",
    "GET,    /",
    "PUT,    /"
  })
  void whatHasNoRowIsNotKnown(String method, String path) throws Exception {
    assertThat(call("s3", server.request(path).method(method, BodyPublishers.noBody())).accesses())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-amz-copy-source",
        "x-amz-tagging",
        "x-amz-acl",
        "x-amz-grant-read",
        "X-Amz-Object-Lock-Mode"
      })
  void aHeaderCanMakeMoreThanAPutOfIt(String header) throws Exception {
    var put = server.request("/b/me/like.js").header(header, "any").PUT(BodyPublishers.noBody());

    assertThat(call("s3", put).accesses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /b,                             s3:ListBucket arn:aws:s3:::b",
    "GET,    /b/,                            s3:ListBucket arn:aws:s3:::b",
    "HEAD,   /b,                             s3:ListBucket arn:aws:s3:::b",
    "GET,    /b?list-type=2&prefix=me%2F,    s3:ListBucket arn:aws:s3:::b"
  })
  void aBucketIsListed(String method, String path, String expected) throws Exception {
    assertThat(s3(method, path)).containsExactly(expected);
  }

  @Test
  void whatIsListedPoliciesMayAskFor() throws Exception {
    s3("GET", "/b?list-type=2&prefix=me%2F&max-keys=10");

    assertThat(calls.getLast().context())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("s3:prefix", List.of("me/"), "s3:max-keys", List.of("10")));
  }

  @Test
  void aKeyIsDecoded() throws Exception {
    assertThat(s3("GET", "/b/a%20b%2Bc/%C3%A9%3F.js"))
        .containsExactly("s3:GetObject arn:aws:s3:::b/a b+c/é?.js");
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb, DynamoDB_20120810.PutItem, dynamodb:PutItem",
    "sqs, AmazonSQS.SendMessage, sqs:SendMessage",
    "ssm, AmazonSSM.GetParameter, ssm:GetParameter"
  })
  void whatIsNoJsonNamesNothing(String service, String target, String action) throws Exception {
    assertThat(json(service, target, "Action=SendMessage")).containsExactly(action + " *");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dynamodb | DynamoDB_20120810.CreateTable |       {"TableName":"t"}
          dynamodb | DynamoDB_20120810.ExecuteStatement |  {}
          sqs |      AmazonSQS.StartMessageMoveTask |      {}
          ssm |      AmazonSSM.PutParameter |              {"Name":"a","Tags":[]}
          ssm |      AmazonSSM.GetParametersByPath |       {"Path":"/"}
          kms |      TrentService.Decrypt |                {}
          """)
  void anOperationThatHasNoRowIsNotKnown(String service, String target, String body)
      throws Exception {
    AwsCall call =
        call(
            service,
            server.request("/").header("X-Amz-Target", target).POST(BodyPublishers.ofString(body)));
    assertThat(call.accesses()).isEmpty();
    assertThat(call.operation()).isEqualTo(service + ":" + target.replaceFirst(".*\\.", ""));
  }

  @Test
  void withoutATargetTheOperationIsNotKnown() throws Exception {
    for (String service : List.of("dynamodb", "sns")) {
      var request = server.request("/").POST(BodyPublishers.ofString("{}"));
      assertThat(call(service, request).accesses()).isEmpty();
      assertThat(calls.getLast().operation()).isEqualTo(service + ":unnamed");
    }
  }

  @ParameterizedTest
  @CsvSource({"dynamodb", "sqs", "ssm", "sns", "s3"})
  void theBodyCanBeReadAgain(String service) throws Exception {
    String body = "{\"TableName\":\"likes\",\"more\":\"é\"}";

    call(service, server.request("/b/key").PUT(BodyPublishers.ofString(body)));

    assertThat(bodies).containsExactly(body);
  }

  private List<String> s3(String method, String path) throws Exception {
    return accesses("s3", server.request(path).method(method, BodyPublishers.noBody()));
  }

  private List<String> json(String service, String target, String body) throws Exception {
    return accesses(
        service,
        server.request("/").header("X-Amz-Target", target).POST(BodyPublishers.ofString(body)));
  }

  /** What a request asks for, each as an action and a resource. */
  private List<String> accesses(String service, HttpRequest.Builder request) throws Exception {
    return call(service, request).accesses().orElseThrow().stream()
        .map(access -> access.action() + " " + access.resource())
        .toList();
  }

  private AwsCall call(String service, HttpRequest.Builder request) throws Exception {
    this.service = service;
    server.send(request);
    assertThat(server.failures()).isEmpty();
    return calls.getLast();
  }
}
