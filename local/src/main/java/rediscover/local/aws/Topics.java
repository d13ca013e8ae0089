package rediscover.local.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import rediscover.local.application.Subscription;
import rediscover.local.lambda.AsyncInvocations;

/**
 * SNS, as far as topics push to functions: Publish, and the delivery to every subscription. No
 * library plays it.
 */
public final class Topics implements AwsService {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>. */
  private static final int MOST_BYTES = 262_144;

  private final List<String> topics;
  private final List<Subscription> subscriptions;
  private final AsyncInvocations invocations;

  public Topics(
      List<String> topics, List<Subscription> subscriptions, AsyncInvocations invocations) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.invocations = invocations;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(exchange);
    String action = form.getOrDefault("Action", "");
    String topic = form.getOrDefault("TopicArn", form.getOrDefault("TargetArn", ""));
    String message = form.getOrDefault("Message", "");
    if (!action.equals("Publish")) {
      error(exchange, 400, "InvalidAction", "The embedded run has no action " + action);
    } else if (!topics.contains(topic)) {
      error(exchange, 404, "NotFound", "Topic does not exist");
    } else if (message.isEmpty()) {
      error(exchange, 400, "InvalidParameter", "Invalid parameter: Empty message");
    } else if (message.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      error(exchange, 400, "InvalidParameter", "Invalid parameter: Message too long");
    } else {
      String messageId = UUID.randomUUID().toString();
      deliver(topic, messageId, form.get("Subject"), message);
      Answers.xml(
          exchange,
          200,
          """
          <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
            <PublishResult><MessageId>%s</MessageId></PublishResult>
            <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
          </PublishResponse>
          """
              .formatted(messageId, UUID.randomUUID()));
    }
  }

  private void deliver(String topic, String messageId, String subject, String message)
      throws IOException {
    for (Subscription subscription : subscriptions) {
      if (subscription.topic().equals(topic)) {
        invocations.invoke(
            subscription.function(), event(subscription, messageId, subject, message));
      }
    }
  }

  /** The event in which SNS wraps a message. */
  private static byte[] event(
      Subscription subscription, String messageId, String subject, String message)
      throws IOException {
    Map<String, Object> sns = new LinkedHashMap<>();
    sns.put("Type", "Notification");
    sns.put("MessageId", messageId);
    sns.put("TopicArn", subscription.topic());
    sns.put("Subject", subject);
    sns.put("Message", message);
    sns.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    sns.put("SignatureVersion", "1");
    sns.put("Signature", "none");
    sns.put("SigningCertUrl", "none");
    sns.put("UnsubscribeUrl", "none");
    sns.put("MessageAttributes", Map.of());
    return JSON.writeValueAsBytes(
        Map.of(
            "Records",
            List.of(
                Map.of(
                    "EventSource",
                    "aws:sns",
                    "EventVersion",
                    "1.0",
                    "EventSubscriptionArn",
                    subscription.arn(),
                    "Sns",
                    sns))));
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    Answers.xml(
        exchange,
        status,
        """
        <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
          <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
          <RequestId>%s</RequestId>
        </ErrorResponse>
        """
            .formatted(code, message, UUID.randomUUID()));
  }
}
