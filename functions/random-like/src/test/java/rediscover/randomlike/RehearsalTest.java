package rediscover.randomlike;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rediscover.likes.UserName;
import rediscover.randomlike.x.XApi;
import rediscover.randomlike.x.XCredentials;
import rediscover.support.Environment;

class RehearsalTest {
  private static final UserName SAMPLE = new UserName("sample");

  /** Where nobody is: a request that left the process would fail. */
  private static final Environment ENVIRONMENT =
      new Environment(
          Map.of(
              "AWS_REGION", "test-1",
              "LIKES_TABLE", "likes",
              "LIKES_QUEUE_URL", "http://127.0.0.1:1/queue",
              "TWITTER_AUTH_PARAM", "X_CREDENTIALS",
              "X_API_VERSION", "2",
              "X_API_URL", "http://127.0.0.1:1"));

  @Test
  void aStoredLikeAndOneFromXAreRehearsed() {
    assertThat(rehearse())
        .extracting(APIGatewayV2HTTPResponse::getStatusCode)
        .containsExactly(200, 200);
  }

  /**
   * Twitter4J's generator of nonces is seeded when it is loaded: before a snapshot (SnapStart), all
   * copies would share it.
   */
  @Test
  void twitter4jsNoncesAreNotRehearsed() throws Exception {
    String nonces = "twitter4j.auth.OAuthAuthorization";
    try (var classes = new LoadedClasses()) {
      classes.run(Rehearsed.class);
      assertThat(classes.contain(LiveLikes.class.getName())).isTrue();
      assertThat(classes.contain(nonces)).isFalse();

      classes.run(AskedX.class);
      assertThat(classes.contain(nonces)).isTrue();
    }
  }

  public static final class Rehearsed implements Runnable {
    @Override
    public void run() {
      rehearse();
    }
  }

  /** The first user without stored likes: X is asked at a port where nobody listens. */
  public static final class AskedX implements Runnable {
    @Override
    public void run() {
      XApi.ofVersion("2", "http://127.0.0.1:1").likesOf(SAMPLE, XCredentials.parse("a,b,c,d"));
    }
  }

  private static List<APIGatewayV2HTTPResponse> rehearse() {
    return RandomLikeHandler.REHEARSALS.stream()
        .map(rehearsal -> rehearsal.perform(ENVIRONMENT))
        .toList();
  }
}
