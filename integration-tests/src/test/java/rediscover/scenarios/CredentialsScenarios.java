package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** X's credentials in Parameter Store, which an execution environment reads once. */
abstract class CredentialsScenarios {

  private static final String PARAMETER = "TWITTER_AUTH";

  private final Stage stage;
  private final String user = Some.user();
  private SsmClient ssm;

  CredentialsScenarios(Stage stage) {
    stage.requireTestStack("replaces X's credentials");
    this.stage = stage;
  }

  @BeforeEach
  void forgetTheCredentials() {
    ssm = stage.client(SsmClient.builder());
    ssm.deleteParameter(request -> request.name(PARAMETER));
    stage.renew("RandomLike");
    stage.x().hasLikes(user, Some.tweetIds(3));
  }

  @AfterEach
  void putThemBack() {
    put(ParameterType.SECURE_STRING);
    ssm.close();
  }

  @Test
  void withoutCredentialsTheApplicationSaysThatItIsNotSetUp() {
    HttpAnswer answer = stage.get("/u/" + user);

    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("content-type")).hasValue("application/problem+json");
    assertThat(answer.body()).doesNotContain(PARAMETER);
  }

  @Test
  void credentialsInAStringListAreUsed() {
    put(ParameterType.STRING_LIST);

    assertThat(stage.get("/u/" + user).status()).isEqualTo(200);
  }

  @Test
  void credentialsInASecureStringAreUsed() {
    put(ParameterType.SECURE_STRING);

    assertThat(stage.get("/u/" + user).status()).isEqualTo(200);
  }

  @Test
  void credentialsThatComeLaterAreFoundWithoutARestart() {
    assertThat(stage.get("/u/" + user).status()).isEqualTo(503);

    put(ParameterType.SECURE_STRING);

    assertThat(stage.get("/u/" + user).status()).isEqualTo(200);
  }

  private void put(ParameterType type) {
    ssm.putParameter(
        request ->
            request
                .name(PARAMETER)
                .type(type)
                .value(stage.secrets().xCredentials())
                .overwrite(true));
  }
}
