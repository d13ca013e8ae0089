package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The API with a key. Every scenario has a key of its own, because the API caches the authorizer's
 * answers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessScenarios {

  static final String PARAMETER = "ACCESS_KEY";

  private final Stage stage;
  private final String parameter;
  private final Doors doors;
  private final SsmClient ssm;
  private final String user = Some.user();
  private String key;

  /**
   * @param stage where the application was deployed with {@value #PARAMETER} for AccessKeyParam
   */
  AccessScenarios(Stage stage) {
    this(stage, PARAMETER);
  }

  /**
   * @param parameter the stack's AccessKeyParam
   */
  AccessScenarios(Stage stage, String parameter) {
    this.stage = stage;
    this.parameter = parameter;
    this.doors = new Doors(stage);
    this.ssm = stage.client(SsmClient.builder());
  }

  @AfterAll
  void stop() {
    ssm.close();
    doors.close();
    stage.close();
  }

  @BeforeEach
  void putAKey() {
    if (stage.isForTests()) {
      key = newKey();
      put(key);
      stage.renew("KeyChecker");
    } else {
      key =
          ssm.getParameter(request -> request.name(parameter).withDecryption(true))
              .parameter()
              .value();
    }
  }

  @Test
  void withoutAKeyNobodyIsAnswered() {
    HttpAnswer answer = stage.get("/u/" + user);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.field("message")).isEqualTo("Unauthorized");
  }

  @Test
  void withAnotherKeyNobodyIsAnswered() {
    HttpAnswer answer = get("Bearer " + newKey());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.field("message")).isEqualTo("Forbidden");
  }

  @Test
  void withTheKeyInAnotherSchemeNobodyIsAnswered() {
    assertThat(get("Basic " + key).status()).isEqualTo(403);
    assertThat(get(key).status()).isEqualTo(403);
  }

  @Test
  void withTheKeyALikeIsShown() {
    String tweet = Some.tweetIds(1).getFirst();
    doors.send(Some.message(user, List.of(tweet)));
    doors.eventuallyStores(user, List.of(tweet));

    HttpAnswer answer = get("Bearer " + key);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.field("tweetId")).isEqualTo(tweet);
  }

  @Test
  void aNewKeyOpensAtOnceAndTheOldOneNoLonger() {
    stage.requireTestStack("replaces the key");
    assertLetIn("Bearer " + key);
    String old = key;
    String fresh = newKey();

    put(fresh);

    assertLetIn("Bearer " + fresh);
    // Written otherwise than before, so that the API has to ask.
    assertThat(get("bearer " + old).status()).isEqualTo(403);
  }

  @Test
  void withoutTheParameterNobodyIsAnsweredUntilItIsThere() {
    stage.requireTestStack("deletes the key");
    ssm.deleteParameter(request -> request.name(parameter));

    assertThat(get("Bearer " + key).status()).isEqualTo(500);

    put(key);
    doors.eventually(() -> assertLetIn("Bearer " + key));
  }

  @Test
  void withoutAKeyInTheParameterNobodyIsAnswered() {
    stage.requireTestStack("replaces the key");
    put("too-short");

    assertThat(get("Bearer too-short").status()).isEqualTo(500);
  }

  @Test
  void aBrowserMayAskWithoutAKeyWhetherItMaySendOne() {
    HttpAnswer answer = stage.preflight("/u/" + user, "authorization");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("access-control-allow-headers").orElseThrow())
        .isEqualToIgnoringCase("authorization");
    assertThat(answer.header("access-control-allow-methods")).hasValue("GET");
  }

  /** Behind the authorizer is random-like, which knows the user or not. */
  private void assertLetIn(String authorization) {
    assertThat(get(authorization).status()).isIn(200, 404);
  }

  private HttpAnswer get(String authorization) {
    return stage.get("/u/" + user, Map.of("Authorization", authorization));
  }

  private void put(String value) {
    ssm.putParameter(
        request ->
            request.name(parameter).type(ParameterType.SECURE_STRING).overwrite(true).value(value));
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }
}
