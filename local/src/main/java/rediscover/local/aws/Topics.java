package rediscover.local.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.Fields;
import rediscover.local.application.Application;
import rediscover.local.application.Subscription;
import rediscover.local.http.Exchange;
import rediscover.local.iam.AccessControl;
import rediscover.local.iam.Source;
import rediscover.local.lambda.AsyncInvocations;

/**
 * SNS as far as topics push to functions: Publish, and delivery to every subscription. No
 * embeddable library exists for it.
 */
public final class Topics implements AwsService {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>. */
  private static final int MOST_BYTES = 262_144;

  private static final Set<String> KNOWN_FIELDS =
      Set.of("Action", "Version", "TopicArn", "TargetArn", "Subject", "Message");

  private final Application application;
  private final AsyncInvocations invocations;
  private final AccessControl access;
  private final Queues queues;
  private final Consumer<String> log;

  public Topics(
      Application application,
      AsyncInvocations invocations,
      AccessControl access,
      Queues queues,
      Consumer<String> log) {
    this.application = application;
    this.invocations = invocations;
    this.access = access;
    this.queues = queues;
    this.log = log;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Map<String, String> form = form(exchange.body());
    String action = form.getOrDefault("Action", "");
    String topic = form.getOrDefault("TopicArn", form.getOrDefault("TargetArn", ""));
    String message = form.getOrDefault("Message", "");
    if (!action.equals("Publish")) {
      Errors.sns(exchange, 400, "InvalidAction", "The embedded run has no action " + action);
    } else if (!application.topics().contains(topic)) {
      Errors.sns(exchange, 404, "NotFound", "Topic does not exist");
    } else if (!KNOWN_FIELDS.containsAll(form.keySet())) {
      form.keySet().removeAll(KNOWN_FIELDS);
      Errors.sns(
          exchange,
          400,
          "InvalidParameter",
          "The embedded run's Publish does not know " + String.join(", ", form.keySet()));
    } else if (message.isEmpty()) {
      Errors.sns(exchange, 400, "InvalidParameter", "Invalid parameter: Empty message");
    } else if (message.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      Errors.sns(exchange, 400, "InvalidParameter", "Invalid parameter: Message too long");
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
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("Type", "Notification");
    notification.put("MessageId", messageId);
    notification.put("TopicArn", topic);
    notification.put("Subject", subject);
    notification.put("Message", message);
    notification.put("Timestamp", Times.millis(Instant.now()));
    notification.put("SignatureVersion", "1");
    notification.put("Signature", "none");
    notification.put("SigningCertUrl", "none");
    notification.put("UnsubscribeUrl", "none");
    notification.put("MessageAttributes", Map.of());
    var sns = new Source("sns.amazonaws.com", topic);
    for (Subscription subscription : application.subscriptions()) {
      if (subscription.topic().equals(topic) && isSubscribed(subscription)) {
        byte[] event = event(subscription, notification);
        if (!invocations.invoke(sns, subscription.function(), event)) {
          keepUndelivered(sns, subscription, notification);
        }
      }
    }
  }

  /** A policy that is switched off is felt as if it had never been there. */
  private boolean isSubscribed(Subscription subscription) {
    Optional<String> refusal =
        access.refuseSubscription(subscription.function(), subscription.topic());
    refusal.ifPresent(log);
    return refusal.isEmpty();
  }

  /** The event in which SNS hands a notification to Lambda. */
  private static byte[] event(Subscription subscription, Map<String, Object> notification)
      throws IOException {
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
                    notification))));
  }

  /** What Lambda does not take goes to the subscription's dead-letter queue, or is lost. */
  private void keepUndelivered(
      Source sns, Subscription subscription, Map<String, Object> notification) throws IOException {
    String messageId = notification.get("MessageId").toString();
    if (subscription.deadLetters().isEmpty()) {
      log.accept("message " + messageId + " is lost: its subscription has no dead-letter queue");
      return;
    }
    String queue = subscription.deadLetters().get();
    Optional<String> refusal = access.refuseDelivery(queue, sns);
    if (refusal.isPresent()) {
      log.accept("message " + messageId + " is lost: " + refusal.get());
    } else {
      queues.put(application.queue(queue), JSON.writeValueAsString(notification));
    }
  }

  /** The parameters of a request in AWS's query protocol. */
  static Map<String, String> form(byte[] body) {
    return Exchange.parameters(new String(body, StandardCharsets.UTF_8)).stream()
        .collect(Collectors.toMap(Fields.Field::getName, Fields.Field::getValue));
  }
}
