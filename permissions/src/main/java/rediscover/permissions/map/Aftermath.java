package rediscover.permissions.map;

import java.util.List;
import java.util.Set;
import rediscover.permissions.EventSource;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.template.Properties;

/**
 * Describes what happens to a request, a message or an archive when an arrow of the map is denied.
 *
 * @param function the arrow's function
 * @param name its short name
 */
record Aftermath(Drawing drawing, LambdaFunction function, String name) {

  private static final Set<String> LOGS = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

  /**
   * The service may not invoke the function. SNS treats this as a client error, which <a
   * href="https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html">it does not
   * retry</a>. For S3, AWS documents no dead-letter queue.
   */
  String notInvoked(Target source) {
    return switch (source.kind()) {
      case "topic" ->
          "SNS does not retry. It moves the message to the subscription's dead-letter queue, %s."
              .formatted(deadLetterQueue());
      case "bucket" ->
          "S3 keeps the archive, but no function imports it. Upload it again after you restore the"
              + " statement.";
      default -> fromApiGateway();
    };
  }

  /** Lambda may not poll the queue. */
  String notPolled() {
    return "Messages stay in the queue until you restore the statement or their retention period"
        + " ends.";
  }

  /** Lambda may not assume the function's execution role. */
  String notRun() {
    String cannot = "Lambda cannot run " + name + ". ";
    return switch (function.eventSources().getFirst()) {
      case EventSource.Pull pull -> cannot + "It cannot poll either: messages stay in the queue.";
      case EventSource.Push push when push.service().startsWith("apigateway.") ->
          cannot + fromApiGateway();
      case EventSource.Push push ->
          cannot
              + "After %d retries Lambda would send the %s to %s, but this needs the same role."
                  .formatted(retries(), event(push), deadLetterQueue());
    };
  }

  /** The function may not call these actions. */
  String notCalled(List<String> actions, Target target) {
    if (LOGS.containsAll(actions)) {
      return "Nothing else fails: " + name + " keeps working without a log.";
    }
    if (target.name().equals(deadLetterQueue())) {
      return "Events that %s fails on are lost: Lambda cannot send them to %s."
          .formatted(name, target.name());
    }
    return switch (function.eventSources().getFirst()) {
      case EventSource.Pull pull ->
          "%s reports each message as failed. SQS delivers it again and, after %s receives, moves it to %s."
              .formatted(name, receives(pull), deadLetterQueueOf(pull.arn()));
      case EventSource.Push push when authorizes() -> fromApiGateway();
      case EventSource.Push push when push.service().startsWith("apigateway.") ->
          target.service().equals("DynamoDB")
              ? "Every request gets status 500."
              : "A request for a user without stored likes gets status 500. Stored likes still work.";
      case EventSource.Push push ->
          "%s fails. Lambda retries it %d times, then sends the %s to %s."
              .formatted(name, retries(), event(push), deadLetterQueue());
    };
  }

  /**
   * API Gateway <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">caches</a>
   * what an authorizer has answered.
   */
  private String fromApiGateway() {
    return authorizes()
        ? "API Gateway returns status 500, once its cached answer for the key has expired."
        : "API Gateway returns status 500.";
  }

  private boolean authorizes() {
    return function.eventSources().getFirst() instanceof EventSource.Push push
        && push.arn().contains("/authorizers/");
  }

  private static String event(EventSource.Push push) {
    return push.service().startsWith("sns.") ? "message" : "event";
  }

  private int retries() {
    return invokeConfig().integer("MaximumRetryAttempts", 2);
  }

  /** The logical id of the function's on-failure destination; empty if it has none. */
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
