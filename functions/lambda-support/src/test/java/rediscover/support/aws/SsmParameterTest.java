package rediscover.support.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.InvalidKeyIdException;
import software.amazon.awssdk.services.ssm.model.SsmException;

class SsmParameterTest {
  private static final SsmParameter.Pace PACE =
      new SsmParameter.Pace(Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofHours(1));

  private final InMemoryParameter ssm = new InMemoryParameter("NAME");
  private Instant now = Instant.parse("2026-01-13T20:56:16Z");
  private final SsmParameter<Integer> parameter =
      new SsmParameter<>(ssm, "NAME", Integer::valueOf, PACE, () -> now);

  @Test
  void aValueIsKeptUntilItIsOld() {
    ssm.is("1");
    assertThat(value()).isEqualTo(1);
    ssm.is("2");
    pass(PACE.age().minusMillis(1));
    assertThat(value()).isEqualTo(1);
    pass(Duration.ofMillis(1));
    assertThat(value()).isEqualTo(2);
    assertThat(ssm.reads()).isEqualTo(2);
  }

  @Test
  void aValueThatDoesNotFitIsReadAgainOnceAPause() {
    ssm.is("1");
    assertThat(value()).isEqualTo(1);
    ssm.is("2");
    assertThat(valueThatShouldBe(2)).isEqualTo(2);
    ssm.is("3");
    assertThat(valueThatShouldBe(3)).isEqualTo(2);
    assertThat(ssm.reads()).isEqualTo(2);
    pass(PACE.pause());
    assertThat(valueThatShouldBe(3)).isEqualTo(3);
  }

  static Stream<SdkException> brownOuts() {
    return Stream.of(
        (SdkException) error(400, "ThrottlingException"),
        (SdkException) error(500, "InternalServerError"),
        SdkClientException.create("no answer"));
  }

  @ParameterizedTest
  @MethodSource("brownOuts")
  void duringABrownOutNothingIsSaidOfAValueThatDoesNotFit(SdkException brownOut) {
    ssm.is("1");
    value();
    ssm.fails(brownOut);

    assertThatExceptionOfType(SdkException.class).isThrownBy(() -> valueThatShouldBe(2));
    assertThatExceptionOfType(SdkException.class).isThrownBy(() -> valueThatShouldBe(2));
    assertThat(valueThatShouldBe(1)).isEqualTo(1);
    assertThat(ssm.reads()).isEqualTo(2);

    ssm.is("2");
    pass(PACE.pause());
    assertThat(valueThatShouldBe(2)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("brownOuts")
  void aHeldValueOutlivesABrownOutForItsGrace(SdkException brownOut) {
    ssm.is("1");
    value();
    ssm.fails(brownOut);

    pass(PACE.age().plus(PACE.grace()).minusMillis(1));
    assertThat(value()).isEqualTo(1);
    pass(PACE.pause());
    assertThatExceptionOfType(SdkException.class).isThrownBy(this::value).isEqualTo(brownOut);

    ssm.is("2");
    pass(PACE.pause());
    assertThat(value()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("brownOuts")
  void aFailureIsRememberedForAPause(SdkException brownOut) {
    ssm.fails(brownOut);
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(SdkException.class).isThrownBy(this::value).isEqualTo(brownOut);
    }
    assertThat(ssm.reads()).isEqualTo(1);

    pass(PACE.pause());
    assertThatExceptionOfType(SdkException.class).isThrownBy(this::value);
    assertThat(ssm.reads()).isEqualTo(2);
  }

  @Test
  void anOldValueIsReadAgainOnceAPauseDuringABrownOut() {
    ssm.is("1");
    value();
    ssm.fails(error(400, "ThrottlingException"));
    pass(PACE.age());
    for (int i = 0; i < 10; i++) {
      assertThat(value()).isEqualTo(1);
    }
    assertThat(ssm.reads()).isEqualTo(2);
  }

  static Stream<RuntimeException> refusals() {
    return Stream.of(
        error(400, "AccessDeniedException"), InvalidKeyIdException.builder().message("x").build());
  }

  /** Without kms:Decrypt on a key of one's own, Systems Manager says so in the first way. */
  @ParameterizedTest
  @MethodSource("refusals")
  void aParameterThatMayNotBeReadIsNotSetUpAndHasNoGrace(RuntimeException refusal) {
    ssm.is("1");
    value();
    ssm.fails(refusal);
    pass(PACE.age());
    assertNotSetUp("SSM parameter NAME ");
  }

  @Test
  void aDeletedOrMalformedParameterHasNoGrace() {
    ssm.is("1");
    value();
    ssm.is(null);
    pass(PACE.age());
    assertNotSetUp("SSM parameter NAME does not exist");
    ssm.is("one");
    pass(PACE.pause());
    assertNotSetUp("SSM parameter NAME is malformed: ");
  }

  @Test
  void afterTheDeadlineNothingIsRead() {
    ssm.is("1");
    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> parameter.value(Deadline.in(Duration.ZERO)));
    assertThat(ssm.reads()).isZero();
  }

  private static RuntimeException error(int status, String code) {
    AwsErrorDetails details = AwsErrorDetails.builder().errorCode(code).errorMessage("no").build();
    return SsmException.builder().statusCode(status).awsErrorDetails(details).build();
  }

  private void assertNotSetUp(String message) {
    assertThatExceptionOfType(NotSetUpException.class)
        .isThrownBy(this::value)
        .withMessageStartingWith(message);
  }

  private int value() {
    return parameter.value(later());
  }

  private int valueThatShouldBe(int wanted) {
    return parameter.value(held -> held == wanted, later());
  }

  private static Deadline later() {
    return Deadline.in(Duration.ofMinutes(1));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
