package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.local.LoopbackServer;
import rediscover.local.TestStack;

class ParametersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Parameters parameters;
  private LoopbackServer server;

  @BeforeEach
  void start() {
    parameters = new Parameters(TestStack.REGION, TestStack.ACCOUNT);
    server = new LoopbackServer(parameters::handle);
  }

  @AfterEach
  void stop() {
    assertThat(server.failures()).isEmpty();
    server.close();
  }

  @Test
  void aParameterIsReadAsItWasPut() throws Exception {
    expect(200, "PutParameter", "{\"Name\":\"/a/b\",\"Type\":\"StringList\",\"Value\":\"1,2\"}");

    JsonNode parameter = expect(200, "GetParameter", "{\"Name\":\"/a/b\"}").path("Parameter");

    assertThat(parameter)
        .isEqualTo(
            JSON.readTree(
                """
                {"Name":"/a/b","Type":"StringList","Value":"1,2","Version":1,"DataType":"text",
                 "ARN":"arn:aws:ssm:us-east-1:123456789012:parameter/a/b"}
                """));
  }

  @Test
  void aSecureStringIsReadableToWhoeverAsksForDecryption() throws Exception {
    parameters.put("AUTH", "SecureString", "key,secret");

    assertThat(
            expect(200, "GetParameter", "{\"Name\":\"AUTH\",\"WithDecryption\":true}")
                .at("/Parameter/Value")
                .asText())
        .isEqualTo("key,secret");
    assertThat(expect(200, "GetParameter", "{\"Name\":\"AUTH\"}").toString())
        .doesNotContain("key,secret");
  }

  @Test
  void aParameterIsOverwrittenIfThatIsAskedForOnly() throws Exception {
    parameters.put("AUTH", "String", "old");
    String put = "{\"Name\":\"AUTH\",\"Value\":\"new\",\"Overwrite\":%s}";

    assertThat(expect(400, "PutParameter", put.formatted(false)).path("__type").asText())
        .isEqualTo("ParameterAlreadyExists");
    assertThat(value()).isEqualTo("old");
    assertThat(expect(200, "PutParameter", put.formatted(true)).path("Version").asInt())
        .isEqualTo(2);
    assertThat(value()).isEqualTo("new");
  }

  @Test
  void aDeletedParameterIsNotFound() throws Exception {
    parameters.put("AUTH", "String", "value");

    expect(200, "DeleteParameter", "{\"Name\":\"AUTH\"}");

    assertThat(expect(400, "GetParameter", "{\"Name\":\"AUTH\"}").path("__type").asText())
        .isEqualTo("ParameterNotFound");
  }

  @ParameterizedTest
  @CsvSource({"GetParameter", "DeleteParameter"})
  void aParameterThatIsNotThereIsNotFound(String action) throws Exception {
    assertThat(expect(400, action, "{\"Name\":\"AUTH\"}").path("__type").asText())
        .isEqualTo("ParameterNotFound");
  }

  @Test
  void anotherActionIsRefusedByName() throws Exception {
    JsonNode refusal = expect(400, "GetParametersByPath", "{\"Path\":\"/\"}");

    assertThat(refusal.path("__type").asText()).isEqualTo("UnknownOperationException");
    assertThat(refusal.path("message").asText()).contains("AmazonSSM.GetParametersByPath");
  }

  private String value() throws Exception {
    return expect(200, "GetParameter", "{\"Name\":\"AUTH\"}").at("/Parameter/Value").asText();
  }

  private JsonNode expect(int status, String action, String body) throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/")
                .header("X-Amz-Target", "AmazonSSM." + action)
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
