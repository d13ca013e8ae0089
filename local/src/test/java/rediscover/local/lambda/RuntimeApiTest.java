package rediscover.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.Raw;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RuntimeApiTest {

  private static final String PREFIX = "/2018-06-01/runtime/";

  @AutoClose private RuntimeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new RuntimeApi(line -> {});
  }

  /** A client that takes an event keeps it from the function. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Host: evil.example", "Origin: https://evil.example", "Sec-Fetch-Site: none"})
  void noPageIsAnswered(String header) throws IOException {
    assertThat(send("GET", PREFIX + "invocation/next", header)).startsWith("HTTP/1.1 421 ");
    assertThat(send("POST", PREFIX + "init/error", header)).startsWith("HTTP/1.1 421 ");
    assertThat(api.initError()).isNotDone();
  }

  @Test
  void otherPathsAreNotFound() throws IOException {
    assertThat(send("GET", "/", "Accept: */*")).startsWith("HTTP/1.1 404 ");
    assertThat(send("GET", PREFIX + "other", "Accept: */*")).startsWith("HTTP/1.1 404 ");
  }

  private String send(String method, String path, String header) throws IOException {
    return Raw.send(URI.create("http://" + api.address()), method, path, header);
  }
}
