package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
          PutItem |            {"TableName":"likes"} |                      table/likes
          Query |              {"TableName":"likes"} |                      table/likes
          Query |              {"TableName":"likes","IndexName":"byDate"} | table/likes/index/byDate
          """)
  void aTableIsNamedByItself(String action, String body, String resource) throws Exception {
    assertThat(json("dynamodb", "DynamoDB_20120810." + action, body))
        .isEqualTo(new AwsCall("dynamodb:" + action, "arn:aws:dynamodb:" + HERE + resource));
  }

  @Test
  void aTableMayBeNamedByItsArn() throws Exception {
    String arn = "arn:aws:dynamodb:us-east-1:210987654321:table/other";

    assertThat(json("dynamodb", "DynamoDB_20120810.PutItem", "{\"TableName\":\"" + arn + "\"}"))
        .isEqualTo(new AwsCall("dynamodb:PutItem", arn));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dynamodb | DynamoDB_20120810.ListTables |     {} |                             ListTables
          dynamodb | DynamoDB_20120810.BatchWriteItem | {"RequestItems":{"likes":[]}} |  BatchWriteItem
          sqs |      AmazonSQS.ListQueues |             {} |                             ListQueues
          sqs |      AmazonSQS.GetQueueUrl |            {"QueueName":"q"} |              GetQueueUrl
          ssm |      AmazonSSM.GetParameters |          {"Names":["a","b"]} |            GetParameters
          ssm |      AmazonSSM.DescribeParameters |     {} |                             DescribeParameters
          """)
  void whatNamesNothingOrMoreThanOneIsAboutEverything(
      String service, String target, String body, String action) throws Exception {
    assertThat(json(service, target, body)).isEqualTo(new AwsCall(service + ":" + action, "*"));
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
        .isEqualTo(new AwsCall("sqs:" + action, "arn:aws:sqs:us-east-1:210987654321:likes"));
  }

  @ParameterizedTest
  @CsvSource({
    "TWITTER_AUTH, parameter/TWITTER_AUTH",
    "/rediscover/x, parameter/rediscover/x",
    "rediscover/x, parameter/rediscover/x"
  })
  void aParametersLeadingSlashIsNotDoubled(String name, String resource) throws Exception {
    assertThat(json("ssm", "AmazonSSM.GetParameter", "{\"Name\":\"" + name + "\"}"))
        .isEqualTo(new AwsCall("ssm:GetParameter", "arn:aws:ssm:" + HERE + resource));
  }

  @ParameterizedTest
  @CsvSource({
    "Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A1%3At&Message=a%26b, sns:Publish,"
        + " arn:aws:sns:us-east-1:1:t",
    "Action=Publish&TargetArn=arn%3Aaws%3Asns%3Aus-east-1%3A1%3At, sns:Publish,"
        + " arn:aws:sns:us-east-1:1:t",
    "Action=PublishBatch&TopicArn=arn%3At, sns:Publish, arn:t",
    "Action=ListTopics, sns:ListTopics, *",
    "Message=hello, sns:Unknown, *"
  })
  void aTopicIsNamedByItsArn(String form, String action, String resource) throws Exception {
    assertThat(call("sns", server.request("/").POST(BodyPublishers.ofString(form))))
        .isEqualTo(new AwsCall(action, resource));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /b/me/like.js,                      GetObject",
    "HEAD,   /b/me/like.js,                      GetObject",
    "GET,    /b/me/like.js?x-id=GetObject,       GetObject",
    "GET,    /b/me/like.js?partNumber=2,         GetObject",
    "GET,    /b/me/like.js?response-expires=now, GetObject",
    "PUT,    /b/me/like.js,                      PutObject",
    "DELETE, /b/me/like.js,                      DeleteObject"
  })
  void anObjectIsReadWrittenOrDeleted(String method, String path, String action) throws Exception {
    assertThat(s3(method, path))
        .isEqualTo(new AwsCall("s3:" + action, "arn:aws:s3:::b/me/like.js"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /b/me/like.js?acl",
    "GET,    /b/me/like.js?tagging=",
    "GET,    /b/me/like.js?versionId=3",
    "GET,    /b/me/like.js?x-id=GetObject&acl",
    "PUT,    /b/me/like.js?acl",
    "PUT,    /b/me/like.js?partNumber=1&uploadId=2",
    "POST,   /b/me/like.js?uploads",
    "DELETE, /b/me/like.js?tagging",
    "PATCH,  /b/me/like.js"
  })
  void aSubResourceOfAnObjectIsNoneOfThese(String method, String path) throws Exception {
    assertThat(s3(method, path)).isEqualTo(new AwsCall("s3:Unknown", "arn:aws:s3:::b/me/like.js"));
  }

  @Test
  void aCopyIsMoreThanAPut() throws Exception {
    var copy =
        server
            .request("/b/me/like.js")
            .header("x-amz-copy-source", "/other/like.js")
            .PUT(BodyPublishers.noBody());

    assertThat(call("s3", copy).action()).isEqualTo("s3:Unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /b,                             ListBucket",
    "GET,    /b/,                            ListBucket",
    "HEAD,   /b,                             ListBucket",
    "GET,    /b?list-type=2&prefix=me%2F,    ListBucket",
    "GET,    /b?policy,                      Unknown",
    "GET,    /b?acl,                         Unknown",
    "GET,    /b?list-type=2&versions,        Unknown",
    "PUT,    /b,                             Unknown",
    "DELETE, /b,                             Unknown"
  })
  void aBucketIsListed(String method, String path, String action) throws Exception {
    assertThat(s3(method, path)).isEqualTo(new AwsCall("s3:" + action, "arn:aws:s3:::b"));
  }

  @Test
  void aKeyIsDecoded() throws Exception {
    assertThat(s3("GET", "/b/a%20b%2Bc/%C3%A9%3F.js").resource())
        .isEqualTo("arn:aws:s3:::b/a b+c/é?.js");
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb, DynamoDB_20120810.PutItem, dynamodb:PutItem",
    "sqs, AmazonSQS.SendMessage, sqs:SendMessage",
    "ssm, AmazonSSM.GetParameter, ssm:GetParameter"
  })
  void whatIsNoJsonNamesNothing(String service, String target, String action) throws Exception {
    assertThat(json(service, target, "Action=SendMessage")).isEqualTo(new AwsCall(action, "*"));
  }

  @Test
  void withoutATargetTheActionIsNotKnown() throws Exception {
    assertThat(call("dynamodb", server.request("/").POST(BodyPublishers.ofString("{}"))))
        .isEqualTo(new AwsCall("dynamodb:Unknown", "*"));
  }

  @Test
  void anotherServiceIsNotKnown() throws Exception {
    assertThat(call("kms", server.request("/"))).isEqualTo(new AwsCall("kms:Unknown", "*"));
  }

  @ParameterizedTest
  @CsvSource({"dynamodb", "sqs", "ssm", "sns", "s3"})
  void theBodyCanBeReadAgain(String service) throws Exception {
    String body = "{\"TableName\":\"likes\",\"more\":\"é\"}";

    call(service, server.request("/b/key").PUT(BodyPublishers.ofString(body)));

    assertThat(bodies).containsExactly(body);
  }

  private AwsCall s3(String method, String path) throws Exception {
    return call("s3", server.request(path).method(method, BodyPublishers.noBody()));
  }

  private AwsCall json(String service, String target, String body) throws Exception {
    return call(
        service,
        server.request("/").header("X-Amz-Target", target).POST(BodyPublishers.ofString(body)));
  }

  private AwsCall call(String service, HttpRequest.Builder request) throws Exception {
    this.service = service;
    server.send(request);
    assertThat(server.failures()).isEmpty();
    return calls.getLast();
  }
}
