package rediscover.randomlike.x;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** X's API on loopback, as far as the tests tell it what to answer. */
public final class XStub implements AutoCloseable {

  /** A version of the API, and where it keeps the likes of {@link #USER}. */
  public enum Version {
    V2("2", "/2/users/" + ID + "/liked_tweets"),
    V1("1.1", "/1.1/favorites/list.json");

    public final String name;
    public final String likesPath;

    Version(String name, String likesPath) {
      this.name = name;
      this.likesPath = likesPath;
    }
  }

  public static final String USER = "bob";
  public static final String LOOKUP_PATH = "/2/users/by/username/" + USER;
  private static final String ID = "2244994945";

  public final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

  public XStub() {
    server.start();
    warmUp();
    forget();
  }

  /** From now on it has seen no request and knows the user, but none of the likes. */
  public void forget() {
    server.resetAll();
    answers(LOOKUP_PATH, okJson("{\"data\":{\"id\":\"%s\",\"username\":\"bob\"}}".formatted(ID)));
  }

  /**
   * The server's first answer takes its time, which must not count against the caller's deadline.
   */
  private void warmUp() {
    try {
      URI.create(url()).toURL().openStream().close();
    } catch (FileNotFoundException nothingIsThereYet) {
      // It answers.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return server.baseUrl();
  }

  public void answers(String path, ResponseDefinitionBuilder response) {
    server.stubFor(get(urlPathEqualTo(path)).willReturn(response));
  }

  public void answersAll(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  /** Both versions' page of likes, with {@code text} for every one of them. */
  public void hasLikes(List<String> tweetIds, String text) {
    answers(
        Version.V2.likesPath,
        okJson(
            tweetIds.stream()
                .map("{\"id\":\"%%s\",\"text\":\"%s\"}".formatted(text)::formatted)
                .collect(Collectors.joining(",", "{\"data\":[", "]}"))));
    answers(
        Version.V1.likesPath,
        okJson(
            tweetIds.stream()
                .map("{\"id\":%%s,\"full_text\":\"%s\"}".formatted(text)::formatted)
                .collect(Collectors.joining(",", "[", "]"))));
  }

  public static ResponseDefinitionBuilder answer(int status, String body) {
    return aResponse().withStatus(status).withBody(body);
  }

  @Override
  public void close() {
    server.stop();
  }
}
