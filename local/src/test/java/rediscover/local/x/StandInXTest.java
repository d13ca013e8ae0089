package rediscover.local.x;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StandInXTest {

  @AutoClose private final StandInX x = StandInX.start();
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

  private JsonNode get(String path) throws Exception {
    var request = HttpRequest.newBuilder().header("Authorization", "OAuth nobody looks at it");
    HttpResponse<String> answer = answer(request, path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> answer(HttpRequest.Builder request, String path) throws Exception {
    return client.send(request.uri(x.address().resolve(path)).build(), BodyHandlers.ofString());
  }
}
