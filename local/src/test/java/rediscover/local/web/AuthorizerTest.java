package rediscover.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.local.FakeFunction;
import rediscover.local.TestStack;
import rediscover.local.iam.Source;
import rediscover.permissions.ApiAuthorizer;

class AuthorizerTest {

  private static final String YES = "{\"isAuthorized\":true}";
  private static final String NO = "{\"isAuthorized\":false}";

  @TempDir private Path home;

  private TestStack stack;
  private FakeFunction function;
  private long nanos = Long.MAX_VALUE - 1; // where the clock turns over
  private Authorizer authorizer;

  @BeforeEach
  void start() {
    stack = TestStack.readWithKey(home);
    function = new FakeFunction(stack.function("KeyCheckerFunction"));
    authorizer = authorizer(Duration.ofMinutes(5));
  }

  @Test
  void withoutAnIdentityNobodyIsAsked() throws Exception {
    assertThat(refuse("")).hasValue(401);
    assertThat(refuse(" ")).hasValue(401);
    assertThat(function.events()).isEmpty();
  }

  @Test
  void theFunctionDecides() throws Exception {
    function.will(FakeFunction.answer(YES), FakeFunction.answer(NO));

    assertThat(refuse("one")).isEmpty();
    assertThat(refuse("two")).hasValue(403);
    assertThat(function.events()).containsExactly("event of one", "event of two");
  }

  @Test
  void bothAnswersAreRememberedForTheSameIdentity() throws Exception {
    function.will(FakeFunction.answer(YES), FakeFunction.answer(NO), FakeFunction.failure());
    refuse("one");
    refuse("two");

    assertThat(refuse("one")).isEmpty();
    assertThat(refuse("two")).hasValue(403);
    assertThat(function.events()).hasSize(2);
  }

  @Test
  void anAnswerIsForgottenInTime() throws Exception {
    function.will(FakeFunction.answer(YES), FakeFunction.answer(NO));
    refuse("one");

    nanos += Duration.ofMinutes(5).toNanos() - 1;
    assertThat(refuse("one")).isEmpty();
    nanos += 1;
    assertThat(refuse("one")).hasValue(403);
  }

  @Test
  void withoutATimeNothingIsRemembered() throws Exception {
    authorizer = authorizer(Duration.ZERO);
    function.will(FakeFunction.answer(YES), FakeFunction.answer(NO));

    assertThat(refuse("one")).isEmpty();
    assertThat(refuse("one")).hasValue(403);
  }

  @Test
  void aFailureIsNoAnswerAndNotRemembered() throws Exception {
    function.will(FakeFunction.failure(), FakeFunction.answer(YES));

    assertThat(refuse("one")).hasValue(500);
    assertThat(refuse("one")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "{}", "{\"isAuthorized\":\"true\"}", "[]"})
  void whatIsNoSimpleResponseLetsNobodyIn(String answer) throws Exception {
    function.will(FakeFunction.answer(answer));

    assertThat(refuse("one")).hasValue(500);
  }

  @Test
  void aFunctionThatMayNotBeInvokedLetsNobodyIn() throws Exception {
    stack.access().switchStatement("KeyCheckerFunction/KeyCheckerPermission", false);

    assertThat(refuse("one")).hasValue(500);
    assertThat(function.events()).isEmpty();
  }

  @Test
  void countlessIdentitiesDoNotFillTheMemory() throws Exception {
    function.will(FakeFunction.answer(NO));
    for (int i = 0; i < 2_000; i++) {
      refuse("key " + i);
    }
    int asked = function.events().size();

    refuse("key 1999");
    assertThat(function.events()).hasSize(asked);
    refuse("key 0");
    assertThat(function.events()).hasSize(asked + 1);
  }

  private OptionalInt refuse(String identity) throws Exception {
    return authorizer.refuse(
        identity, () -> ("event of " + identity).getBytes(StandardCharsets.UTF_8));
  }

  private Authorizer authorizer(Duration remembered) {
    String api = stack.application().apis().getFirst().id();
    return new Authorizer(
        new ApiAuthorizer("AccessKey", function.spec().arn(), "Authorization", remembered),
        new Source(
            "apigateway.amazonaws.com",
            "arn:aws:execute-api:us-east-1:123456789012:" + api + "/authorizers/a1b2c3"),
        stack.access()::refuseInvocation,
        function,
        new Ticker() {
          @Override
          public long read() {
            return nanos;
          }
        });
  }
}
