package rediscover.likes.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final String MESSAGE =
      "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\",\"text\":\"say \\\"hi\\\"\"}]}";

  @Test
  void theMessageIsTakenOutOfANotificationOfSns() {
    String notification =
        """
        {"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:us-east-1:1:t","Message":%s}
        """
            .formatted(quoted(MESSAGE));

    assertThat(Envelope.open(notification)).isEqualTo(MESSAGE);
  }

  @Test
  void theMessageIsTakenOutOfTheRecordOfAFailedInvocation() {
    String invocationRecord =
        """
        {"version":"1.0","requestContext":{"condition":"RetriesExhausted"},
         "requestPayload":{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Message":%s}}]},
         "responseContext":{"functionError":"Unhandled"}}
        """
            .formatted(quoted(MESSAGE));

    assertThat(Envelope.open(invocationRecord)).isEqualTo(MESSAGE);
  }

  @Test
  void whatOnlyTalksOfAnEnvelopeIsLeftAsItIs() {
    String message =
        "{\"user\":\"a\",\"likes\":[{\"tweetId\":\"1\",\"text\":\"\\\"Notification\\\"\"}],"
            + "\"other\":\"Notification\"}";

    assertThat(Envelope.open(message)).isEqualTo(message);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        MESSAGE,
        "",
        "not JSON, \"Notification\"",
        "{\"requestPayload\":{\"Records\":[{\"s3\":{}}]}}",
        "{\"requestPayload\":",
        "{\"Type\":\"Notification\"}",
        "{\"Type\":\"SubscriptionConfirmation\",\"x\":\"Notification\",\"Message\":\"m\"}"
      })
  void whatIsNoEnvelopeIsLeftAsItIs(String body) {
    assertThat(Envelope.open(body)).isEqualTo(body);
  }

  @Property
  void noBodyIsTooStrangeToBeOpened(@ForAll String start, @ForAll String end) {
    String body = start + "\"requestPayload\"" + end;

    assertThat(Envelope.open(body)).isEqualTo(body);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
