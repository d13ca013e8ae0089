package rediscover.permissions.map;

import java.util.List;
import java.util.Set;
import rediscover.permissions.EventSource;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.template.Properties;

/**
 * Says what becomes of a request, a message or an archive when an arrow of the map is denied.
 *
 * @param function the function that the arrow belongs to
 * @param name what people call it
 */
record Aftermath(Drawing drawing, LambdaFunction function, String name) {

  private static final Set<String> LOGS = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

  /**
   * The service may not invoke the function. SNS takes that for an error of the client, which it
   * does not try again: <a
   * href="https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html">dead-letter
   * queues</a>. For S3, AWS documents no queue that would keep the event.
   */
  String notInvoked(Target source) {
    return switch (source.kind()) {
      case "topic" ->
          "SNS does not try again. It moves the message to the dead-letter queue of the"
              + " subscription, "
              + deadLetterQueue()
              + ".";
      case "bucket" ->
          "The archive stays in the bucket, but nobody imports it. Upload it again once the"
              + " statement is back.";
      default -> "API Gateway answers with status 500.";
    };
  }

  /** Lambda may not poll the queue. */
  String notPolled() {
    return "The messages wait in the queue until the statement is back, at most as long as SQS keeps"
        + " them.";
  }

  /** Lambda may not run the function as its role. */
  String notRun() {
    String cannot = "Lambda cannot run " + name + ". ";
    return switch (function.eventSources().getFirst()) {
      case EventSource.Pull pull -> cannot + "It cannot poll either: the messages wait.";
      case EventSource.Push push when push.service().startsWith("apigateway.") ->
          cannot + "API Gateway answers with status 500.";
      case EventSource.Push push ->
          cannot
              + "After %d retries the %s is due in %s, but sending it there takes the same role."
                  .formatted(retries(), event(push), deadLetterQueue());
    };
  }

  /** The function may not do something. */
  String notCalled(List<String> actions, Target target) {
    if (LOGS.containsAll(actions)) {
      return "Nothing else fails: " + name + " works on, and its log stays empty.";
    }
    if (target.name().equals(deadLetterQueue())) {
      return "What %s fails on is lost: Lambda cannot keep it in %s."
          .formatted(name, target.name());
    }
    return switch (function.eventSources().getFirst()) {
      case EventSource.Pull pull ->
          "%s reports each message as failed. SQS hands it out again, and after %s receives moves it to %s."
              .formatted(name, receives(pull), deadLetterQueueOf(pull.arn()));
      case EventSource.Push push when push.arn().contains("/authorizers/") ->
          "API Gateway answers every request with status 500.";
      case EventSource.Push push when push.service().startsWith("apigateway.") ->
          target.service().equals("DynamoDB")
              ? "Every visitor gets status 500."
              : "Who asks for a name without stored likes gets status 500. Stored likes are shown.";
      case EventSource.Push push ->
          "%s fails. Lambda retries it %d times, then sends the %s to %s."
              .formatted(name, retries(), event(push), deadLetterQueue());
    };
  }

  private static String event(EventSource.Push push) {
    return push.service().startsWith("sns.") ? "message" : "event";
  }

  private int retries() {
    return invokeConfig().integer("MaximumRetryAttempts", 2);
  }

  /** The logical id of the queue for what failed; empty if the function has none. */
  private String deadLetterQueue() {
    return invokeConfig()
        .object("DestinationConfig")
        .object("OnFailure")
        .optional("Destination")
        .map(this::nameOf)
        .orElse("");
  }

  private Properties invokeConfig() {
    return drawing
        .templates()
        .getFirst()
        .resource(function.logicalId())
        .properties()
        .object("EventInvokeConfig");
  }

  private String receives(EventSource.Pull pull) {
    return redrive(pull.arn()).string("maxReceiveCount");
  }

  private String deadLetterQueueOf(String queue) {
    return nameOf(redrive(queue).string("deadLetterTargetArn"));
  }

  private Properties redrive(String queue) {
    return drawing.templates().stream()
        .flatMap(template -> template.ofType("AWS::SQS::Queue"))
        .filter(candidate -> candidate.arn().equals(queue))
        .findFirst()
        .orElseThrow()
        .properties()
        .object("RedrivePolicy");
  }

  private String nameOf(String arn) {
    return drawing.target(arn).name();
  }
}
