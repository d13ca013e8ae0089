package rediscover.local.x;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.local.Raw;

class XStubTest {

  @AutoClose private final XStub x = XStub.start();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void knowsTheLastPageOfTheSampleArchiveInBothVersions() throws Exception {
    String archive = new String(SampleArchive.bytes(), StandardCharsets.UTF_8);
    JsonNode user = get("/2/users/by/username/" + SampleArchive.USER).path("data");
    JsonNode page = get("/2/users/" + user.path("id").asText() + "/liked_tweets").path("data");
    List<String> ids = page.findValuesAsText("id");

    assertThat(ids).hasSize(100).doesNotHaveDuplicates();
    assertThat(ids).allSatisfy(id -> assertThat(archive).contains("\"" + id + "\""));
    assertThat(page.findValuesAsText("text"))
        .allSatisfy(text -> assertThat(archive).contains("\"" + text + "\""));
    assertThat(
            get("/1.1/favorites/list.json?screen_name=" + SampleArchive.USER)
                .findValuesAsText("id"))
        .isEqualTo(ids);
  }

  @Test
  void doesNotAnswerARequestThatIsNotSigned() throws Exception {
    assertThat(answer(HttpRequest.newBuilder(), "/2/users/by/username/live").statusCode())
        .isEqualTo(401);
  }

  @Test
  void theRateLimitIsOverAQuarterOfAnHourAfterTheRequest() throws Exception {
    long before = Instant.now().getEpochSecond();

    HttpResponse<String> answer =
        answer(signed(), "/1.1/favorites/list.json?screen_name=" + XStub.LIMITED);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("x-rate-limit-reset").orElseThrow())
        .isBetween(before + 900, Instant.now().getEpochSecond() + 900);
  }

  /** The first is rebound, the others come from a page that knows the port. */
  @ParameterizedTest
  @CsvSource({
    "GET, /__admin/mappings, 'Host: evil.example'",
    "GET, /2/users/by/username/live, 'Host: evil.example'",
    "POST, /__admin/mappings, 'Origin: https://evil.example'",
    "OPTIONS, /__admin/mappings, 'Origin: https://evil.example'",
    "GET, /__admin/mappings, 'Sec-Fetch-Site: cross-site'"
  })
  void noPageIsAnswered(String method, String path, String header) throws Exception {
    String answer = Raw.send(x.address(), method, path, header);

    assertThat(answer).startsWith("HTTP/1.1 421 ").doesNotContainIgnoringCase("access-control-");
  }

  @Test
  void itIsAskedByItsOtherNameToo() throws Exception {
    try (XStub other = XStub.start("127.0.0.1", 0, "host.docker.internal")) {
      assertThat(
              Raw.send(
                  other.address(),
                  "GET",
                  "/2/users/by/username/live",
                  "Host: host.docker.internal:1"))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  private static HttpRequest.Builder signed() {
    return HttpRequest.newBuilder().header("Authorization", "OAuth nobody looks at it");
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = answer(signed(), path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> answer(HttpRequest.Builder request, String path) throws Exception {
    return client.send(request.uri(x.address().resolve(path)).build(), BodyHandlers.ofString());
  }
}
