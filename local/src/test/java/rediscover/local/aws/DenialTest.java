package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;
import rediscover.local.LoopbackServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Where AWS's own client of a service can be had beside S3Proxy, it says what a denial is. */
class DenialTest {

  /** Nothing forbids these in the name of an object. */
  private static final String MESSAGE =
      "User: arn:aws:sts::123456789012:assumed-role/r/f is not authorized to perform: s3:GetObject"
          + " on resource: \"arn:aws:s3:::b/<you> & me.js\" because no identity-based policy allows"
          + " the s3:GetObject action";

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

  private volatile String service;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    server = new LoopbackServer(exchange -> Denial.send(service, exchange, MESSAGE));
  }

  @AfterEach
  void stop() {
    assertThat(server.failures()).isEmpty();
    server.close();
  }

  @Test
  void theClientOfS3SeesAccessDenied() {
    service = "s3";
    try (S3Client s3 = s3()) {
      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(() -> s3.getObjectAsBytes(get -> get.bucket("b").key("k")))
          .satisfies(
              e -> {
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(MESSAGE);
                assertThat(e.requestId()).isNotBlank();
              });
    }
  }

  @Test
  void theClientOfS3SeesItOfAHeadWithoutABodyAsWell() {
    service = "s3";
    try (S3Client s3 = s3()) {
      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(() -> s3.headObject(head -> head.bucket("b").key("k")))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void theClientOfDynamoDbSeesAccessDenied() {
    service = "dynamodb";
    try (DynamoDbClient dynamoDb =
        DynamoDbClient.builder()
            .endpointOverride(server.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .build()) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> dynamoDb.putItem(put -> put.tableName("likes").item(Map.of())))
          .satisfies(
              e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(MESSAGE);
                assertThat(e.requestId()).isNotBlank();
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"sqs, 403, message", "ssm, 400, Message"})
  void theJsonServicesNameTheExceptionAndSayWhy(String service, int status, String field)
      throws Exception {
    HttpResponse<String> answer = denial(service);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-amz-json-1.0");
    JsonNode body = new ObjectMapper().readTree(answer.body());
    assertThat(body.path("__type").asText())
        .isEqualTo("com.amazon.coral.service#AccessDeniedException");
    assertThat(body.path(field).asText()).isEqualTo(MESSAGE);
  }

  @Test
  void sqsNamesTheCodeOfItsQueryProtocolToo() throws Exception {
    assertThat(denial("sqs").headers().firstValue("x-amzn-query-error"))
        .contains("AccessDenied;Sender");
  }

  @Test
  void snsSaysAuthorizationErrorInXml() throws Exception {
    HttpResponse<String> answer = denial("sns");

    assertThat(answer.statusCode()).isEqualTo(403);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(answer.body())));
    assertThat(document.getElementsByTagName("Code").item(0).getTextContent())
        .isEqualTo("AuthorizationError");
    assertThat(document.getElementsByTagName("Message").item(0).getTextContent())
        .isEqualTo(MESSAGE);
  }

  private HttpResponse<String> denial(String service) throws Exception {
    this.service = service;
    return server.send(server.request("/").POST(BodyPublishers.ofString("{}")));
  }

  private S3Client s3() {
    return S3Client.builder()
        .endpointOverride(server.address())
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .forcePathStyle(true)
        .build();
  }
}
