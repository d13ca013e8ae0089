package rediscover.keychecker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.Environment;
import rediscover.support.RecordingContext;
import rediscover.support.aws.InMemoryParameter;
import rediscover.support.aws.NotSetUpException;
import rediscover.support.aws.SsmParameter;
import rediscover.support.aws.UnwillingService;
import rediscover.support.aws.UnwillingService.Mood;
import rediscover.support.event.Serialization;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;

@ParameterizedClass
@EnumSource(Serialization.class)
class KeyCheckerHandlerTest {
  private static final String PARAMETER = "ACCESS_KEY";

  /** The key of authorizer-key.json. */
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private static final String OTHER_KEY = "an-other_key-of-42-letters-and-some-digits";

  /** A region without any hosts: a request that left the process would fail. */
  private static final Environment SOMEWHERE =
      new Environment(Map.of("AWS_REGION", "test-1", "ACCESS_KEY_PARAM", PARAMETER));

  @Parameter private Serialization serialization;

  private final InMemoryParameter parameter = new InMemoryParameter(PARAMETER);
  private final RecordingContext context = new RecordingContext();
  private Instant now = Instant.parse("2026-01-13T20:56:16Z");
  private final KeyCheckerHandler handler =
      new KeyCheckerHandler(
          new SsmParameter<>(
              parameter, PARAMETER, AccessKey::parse, KeyCheckerHandler.PACE, () -> now));

  @BeforeEach
  void putTheKey() {
    parameter.is(KEY);
  }

  @Test
  void aRequestWithTheKeyIsAuthorized() {
    assertThat(letsIn(event("authorizer-key.json"))).isTrue();
    assertThat(context.log()).isEmpty();
  }

  @Test
  void aRequestWithAnotherKeyIsNotAuthorized() {
    assertThat(letsIn(event("authorizer-wrong-key.json"))).isFalse();
    assertThat(context.log())
        .containsExactly("INFO {\"message\":\"wrong key\",\"requestId\":\"XHtpkjHlDoEEPcg=\"}");
  }

  @Test
  void anotherSchemeIsNotEvenCompared() {
    assertThat(letsIn(event("authorizer-no-bearer.json"))).isFalse();
    assertThat(parameter.reads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        "Bearer",
        "Bearer ",
        "Bearer" + KEY,
        "Basic " + KEY,
        "Bearer " + KEY + "0",
        "Bearer 0" + KEY,
        "Bearer " + KEY + ", Bearer " + KEY,
        "Bearer " + KEY + "\n",
        "Bearer 0123456789ABCDEF0123456789ABCDEF"
      })
  void whatOnlyResemblesTheKeyIsNotLetIn(String authorization) {
    assertThat(letsIn(withAuthorization(authorization))).isFalse();
  }

  /** The names of schemes are the same in either case (RFC 9110, 11.1). */
  @Test
  void theSchemeMayBeWrittenInLowerCase() {
    assertThat(letsIn(withAuthorization("bearer " + KEY))).isTrue();
  }

  @Test
  void anEventWithoutAnIdentityIsNotLetIn() {
    assertThat(letsIn(new APIGatewayV2CustomAuthorizerEvent())).isFalse();

    APIGatewayV2CustomAuthorizerEvent event = event("authorizer-key.json");
    event.setIdentitySource(List.of());
    assertThat(letsIn(event)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {" " + KEY, KEY + "\n", "\t" + KEY + " \r\n"})
  void blanksAroundTheStoredKeyDoNotMatter(String value) {
    parameter.is(value);
    assertThat(letsIn(event("authorizer-key.json"))).isTrue();
  }

  @Test
  void theKeyIsReadOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(letsIn(event("authorizer-key.json"))).isTrue();
    }
    assertThat(parameter.reads()).isEqualTo(1);
  }

  @Test
  void aNewKeyOpensAtOnce() {
    letsIn(event("authorizer-key.json"));

    parameter.is(OTHER_KEY);

    assertThat(letsIn(withAuthorization("Bearer " + OTHER_KEY))).isTrue();
    assertThat(letsIn(event("authorizer-key.json"))).isFalse();
  }

  @Test
  void aReplacedKeyDoesNotOpenForLong() {
    letsIn(event("authorizer-key.json"));
    parameter.is(OTHER_KEY);

    pass(KeyCheckerHandler.PACE.age().minusMillis(1));
    assertThat(letsIn(event("authorizer-key.json"))).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(letsIn(event("authorizer-key.json"))).isFalse();
  }

  @Test
  void wrongKeysCannotMakeItReadAllTheTime() {
    letsIn(event("authorizer-key.json"));
    for (int i = 0; i < 100; i++) {
      assertThat(letsIn(withAuthorization("Bearer " + OTHER_KEY + i))).isFalse();
    }
    assertThat(parameter.reads()).isEqualTo(2);

    pass(KeyCheckerHandler.PACE.pause());
    assertThat(letsIn(event("authorizer-wrong-key.json"))).isFalse();
    assertThat(parameter.reads()).isEqualTo(3);
  }

  @Test
  void theFirstReadingIsNotDoneTwice() {
    letsIn(event("authorizer-wrong-key.json"));
    assertThat(parameter.reads()).isEqualTo(1);
  }

  @Test
  void withoutTheParameterNobodyIsLetIn() {
    parameter.is(null);
    assertNotSetUp("SSM parameter ACCESS_KEY does not exist");
  }

  @Test
  void aParameterThatIsDeletedClosesAgain() {
    letsIn(event("authorizer-key.json"));
    parameter.is(null);
    pass(KeyCheckerHandler.PACE.age());
    assertNotSetUp("SSM parameter ACCESS_KEY does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "short", "0123456789abcdef0123456789abcde", KEY + " " + KEY})
  void withAMalformedParameterNobodyIsLetIn(String value) {
    parameter.is(value);
    assertNotSetUp(
        "SSM parameter ACCESS_KEY is malformed: 32 to 512 letters, digits, - and _ are expected,"
            + " found something else");
  }

  @Test
  void aMissingParameterIsNotAskedForAllTheTime() {
    parameter.is(null);
    for (int i = 0; i < 10; i++) {
      assertNotSetUp("SSM parameter ACCESS_KEY does not exist");
    }
    assertThat(parameter.reads()).isEqualTo(1);

    parameter.is(KEY);
    pass(KeyCheckerHandler.PACE.pause());
    assertThat(letsIn(event("authorizer-key.json"))).isTrue();
  }

  @Test
  void aHeldKeyOpensWhileSystemsManagerDoesNotAnswer() {
    letsIn(event("authorizer-key.json"));
    parameter.fails(SdkClientException.create("no answer"));
    pass(KeyCheckerHandler.PACE.age());

    assertThat(letsIn(event("authorizer-key.json"))).isTrue();
    // It may be a new one, and API Gateway would remember a refusal.
    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> letsIn(event("authorizer-wrong-key.json")));
    pass(KeyCheckerHandler.PACE.grace());
    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> letsIn(event("authorizer-key.json")));
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void aSystemsManagerThatDoesNotAnswerIsAnErrorInTime(Mood mood) {
    try (UnwillingService service = new UnwillingService(mood, PARAMETER);
        SsmClient client = service.client(SsmClient::builder)) {
      KeyCheckerHandler checker =
          new KeyCheckerHandler(
              new SsmParameter<>(
                  client, PARAMETER, AccessKey::parse, KeyCheckerHandler.PACE, () -> now));

      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertThatExceptionOfType(SdkException.class)
                  .isThrownBy(
                      () ->
                          checker.handleRequest(
                              event("authorizer-key.json"), new RecordingContext(3_000))));
    }
  }

  @Test
  void theRehearsalGoesTheUsualWay() {
    assertThat(KeyCheckerHandler.REHEARSAL.perform(SOMEWHERE).getIsAuthorized()).isFalse();
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(KeyCheckerHandler::new)
        .withMessageContaining("ACCESS_KEY_PARAM");
  }

  private void assertNotSetUp(String problem) {
    assertThatExceptionOfType(NotSetUpException.class)
        .isThrownBy(() -> letsIn(event("authorizer-key.json")))
        .withMessage(problem);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private boolean letsIn(APIGatewayV2CustomAuthorizerEvent event) {
    return handler.handleRequest(event, context).getIsAuthorized();
  }

  private APIGatewayV2CustomAuthorizerEvent withAuthorization(String value) {
    APIGatewayV2CustomAuthorizerEvent event = event("authorizer-key.json");
    event.setIdentitySource(List.of(value));
    return event;
  }

  private APIGatewayV2CustomAuthorizerEvent event(String name) {
    return serialization.event(name, APIGatewayV2CustomAuthorizerEvent.class);
  }
}
