package rediscover.scenarios;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Teaches the X stub about a user, by WireMock's own interface. */
public final class XStub {

  /** What X can do instead of answering. */
  enum Mishap {
    SLOW,
    DRIPPING,
    NO_LIKES,
    NOTHING,
    LIMITED,
    BROKEN,
    GONE
  }

  private final WireMock wireMock;

  XStub(URI address) {
    this.wireMock = new WireMock(address.getHost(), address.getPort());
  }

  /** From now on X knows that user and these likes. */
  void hasLikes(String user, List<String> tweetIds) {
    String posts =
        tweetIds.stream()
            .map(id -> "{\"id\":\"%s\",\"text\":\"live &amp; %s\"}".formatted(id, id))
            .collect(Collectors.joining(","));
    answers(
        user,
        okJson("{\"data\":[%s],\"meta\":{\"result_count\":%d}}".formatted(posts, tweetIds.size())));
  }

  /** From now on X has had enough requests about that user. */
  void isLimited(String user, long untilEpochSecond) {
    answers(
        user,
        aResponse()
            .withStatus(429)
            .withHeader("x-rate-limit-limit", "75")
            .withHeader("x-rate-limit-remaining", "0")
            .withHeader("x-rate-limit-reset", Long.toString(untilEpochSecond))
            .withBody("{\"title\":\"Too Many Requests\"}"));
  }

  /** From now on X fails at that user. */
  void isBroken(String user) {
    answers(user, aResponse().withStatus(503).withBody("{\"title\":\"Service Unavailable\"}"));
  }

  /** From now on X knows that user and answers with that page. */
  void hasPage(String user, byte[] page) {
    answers(user, okJson(new String(page, UTF_8)));
  }

  /**
   * From now on something happens to X at that user.
   *
   * @param page what arrives, if anything does
   */
  void suffers(String user, Mishap mishap, byte[] page) {
    ResponseDefinitionBuilder answer = okJson(new String(page, UTF_8));
    answers(
        user,
        switch (mishap) {
          case SLOW -> answer.withFixedDelay(1500);
          case DRIPPING -> answer.withChunkedDribbleDelay(20, 1500);
          case NO_LIKES -> okJson("{\"meta\":{\"result_count\":0}}");
          case NOTHING -> aResponse().withStatus(200);
          case LIMITED -> aResponse().withStatus(429);
          case BROKEN -> aResponse().withStatus(503);
          case GONE -> aResponse().withFault(CONNECTION_RESET_BY_PEER);
        });
  }

  private void answers(String user, ResponseDefinitionBuilder likes) {
    long id = ThreadLocalRandom.current().nextLong(1L << 50, 1L << 60);
    wireMock.register(
        get(urlPathEqualTo("/2/users/by/username/" + user))
            .willReturn(
                okJson("{\"data\":{\"id\":\"%d\",\"username\":\"%s\"}}".formatted(id, user))));
    wireMock.register(get(urlPathEqualTo("/2/users/" + id + "/liked_tweets")).willReturn(likes));
  }
}
