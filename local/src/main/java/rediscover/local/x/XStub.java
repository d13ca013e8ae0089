package rediscover.local.x;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A WireMock stub of both versions of X's API, for a few users.
 *
 * <p>{@value #LIVE} and the sample archive's user have the archive's last likes, {@value #EMPTY}
 * has none, {@value #LIMITED} has used up X's rate limit, and for {@value #BROKEN} X fails. No
 * other user exists.
 */
public final class XStub implements AutoCloseable {

  public static final String LIVE = "live";
  public static final String EMPTY = "empty";
  public static final String LIMITED = "limited";
  public static final String BROKEN = "broken";

  private static final List<String> USERS =
      List.of(LIVE, EMPTY, LIMITED, BROKEN, SampleArchive.USER);
  private static final int MOST_OF_A_PAGE = 100;

  /** WireMock's priorities: unsigned requests match before all others, unknown users after them. */
  private static final int FIRST = 1;

  private static final int LAST = 10;

  private final WireMockServer server;
  private final String host;

  private XStub(WireMockServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /** Starts the stub on a free loopback port. */
  public static XStub start() {
    return start("127.0.0.1", 0, "localhost");
  }

  /**
   * Starts the stub on one of the machine's addresses.
   *
   * @param port 0 for a free one
   * @param name by which programs ask for it, besides this machine's names
   */
  public static XStub start(String host, int port, String name) {
    var server =
        new WireMockServer(
            wireMockConfig()
                .bindAddress(host)
                .port(port)
                .http2PlainDisabled(true)
                .httpServerFactory(
                    (options, admin, stubs) -> new LockedWireMock(name, options, admin, stubs)));
    server.stubFor(
        any(anyUrl())
            .atPriority(FIRST)
            .withHeader("Authorization", absent())
            .willReturn(jsonResponse(Map.of("title", "Unauthorized", "status", 401), 401)));
    List<Map<String, String>> posts = SampleArchive.latest(MOST_OF_A_PAGE);
    stubVersion2(server, posts);
    stubVersion1(server, posts);
    server.start();
    return new XStub(server, host);
  }

  /** The functions' base URL of X. */
  public URI address() {
    return URI.create("http://" + host + ":" + server.port());
  }

  private static void stubVersion2(WireMockServer server, List<Map<String, String>> posts) {
    server.stubFor(
        get(urlPathMatching("/2/users/by/username/.+"))
            .atPriority(LAST)
            .willReturn(
                jsonResponse(Map.of("errors", List.of(Map.of("title", "Not Found Error"))), 200)));
    for (String user : USERS) {
      String id = Integer.toString(1000 + USERS.indexOf(user));
      server.stubFor(
          get(urlPathEqualTo("/2/users/by/username/" + user))
              .willReturn(
                  jsonResponse(
                      Map.of("data", Map.of("id", id, "name", user, "username", user)), 200)));
      server.stubFor(
          get(urlPathEqualTo("/2/users/" + id + "/liked_tweets"))
              .willReturn(
                  answer(
                      user,
                      Map.of("data", posts, "meta", Map.of("result_count", posts.size())),
                      Map.of("meta", Map.of("result_count", 0)))));
    }
  }

  private static void stubVersion1(WireMockServer server, List<Map<String, String>> posts) {
    server.stubFor(
        get(urlPathEqualTo("/1.1/favorites/list.json"))
            .atPriority(LAST)
            .willReturn(jsonResponse(Map.of("errors", List.of(Map.of("code", 34))), 404)));
    List<Object> statuses = new ArrayList<>();
    for (Map<String, String> post : posts) {
      statuses.add(Map.of("id", Long.parseLong(post.get("id")), "full_text", post.get("text")));
    }
    for (String user : USERS) {
      server.stubFor(
          get(urlPathEqualTo("/1.1/favorites/list.json"))
              .withQueryParam("screen_name", equalTo(user))
              .willReturn(answer(user, statuses, List.of())));
    }
  }

  private static ResponseDefinitionBuilder answer(String user, Object likes, Object noLikes) {
    return switch (user) {
      case LIVE, SampleArchive.USER -> jsonResponse(likes, 200);
      case EMPTY -> jsonResponse(noLikes, 200);
      case LIMITED ->
          jsonResponse(Map.of("title", "Too Many Requests"), 429)
              .withHeader("x-rate-limit-limit", "75")
              .withHeader("x-rate-limit-remaining", "0")
              // Counted from the request.
              .withHeader("x-rate-limit-reset", "{{now offset='15 minutes' format='unix'}}")
              .withTransformers("response-template");
      default -> jsonResponse(Map.of("title", "Service Unavailable"), 503);
    };
  }

  @Override
  public void close() {
    server.stop();
  }
}
