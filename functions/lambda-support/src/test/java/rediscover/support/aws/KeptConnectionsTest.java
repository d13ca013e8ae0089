package rediscover.support.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What a service closes while nobody calls, or while the process is frozen, costs no error. */
class KeptConnectionsTest {
  private final BufferedHttpClient client = new BufferedHttpClient();
  private ClosingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ClosingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"GET, false", "GET, true", "POST, false", "POST, true"})
  void aConnectionThatIsClosedMeanwhileCostsOneNewConnection(SdkHttpMethod method, boolean reset)
      throws IOException {
    call(method);
    call(method);
    assertThat(server.connections()).isEqualTo(1);

    server.hangUp(reset);
    call(method);
    call(method);

    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void soDoSeveral(boolean reset) throws IOException {
    HeadStart.connect(server.address(), 3, client);
    assertThat(server.connections()).isEqualTo(3);

    server.hangUp(reset);
    for (int i = 0; i < 4; i++) {
      call(SdkHttpMethod.POST);
    }

    assertThat(server.connections()).isEqualTo(4);
  }

  private void call(SdkHttpMethod method) throws IOException {
    HttpExecuteRequest.Builder request =
        HttpExecuteRequest.builder()
            .request(SdkHttpRequest.builder().uri(server.address()).method(method).build());
    if (method == SdkHttpMethod.POST) {
      request.contentStreamProvider(ContentStreamProvider.fromUtf8String("{}"));
    }
    try (var body = client.prepareRequest(request.build()).call().responseBody().orElseThrow()) {
      assertThat(new String(body.readAllBytes())).isEqualTo("{}");
    }
  }
}
