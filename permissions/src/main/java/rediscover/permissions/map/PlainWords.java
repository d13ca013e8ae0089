package rediscover.permissions.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Principals;
import rediscover.permissions.policy.Statement;

/** Explains statements to readers who do not know policies. */
final class PlainWords {

  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("dynamodb:PutItem", "put items into"),
          Map.entry("dynamodb:Query", "query"),
          Map.entry("logs:CreateLogStream", "create log streams in"),
          Map.entry("logs:PutLogEvents", "write log events to"),
          Map.entry("s3:*", "do anything with"),
          Map.entry("s3:GetObject", "read objects from"),
          Map.entry("sns:ListSubscriptionsByTopic", "list the subscriptions of"),
          Map.entry("sns:Publish", "publish to"),
          Map.entry("sns:Receive", "receive from"),
          Map.entry("sns:Subscribe", "subscribe to"),
          Map.entry("sqs:ChangeMessageVisibility", "change the visibility of messages in"),
          Map.entry("sqs:DeleteMessage", "delete messages from"),
          Map.entry("sqs:GetQueueAttributes", "read the attributes of"),
          Map.entry("sqs:ReceiveMessage", "receive messages from"),
          Map.entry("sqs:SendMessage", "send messages to"),
          Map.entry("ssm:GetParameter", "read"));

  private static final Map<String, String> SERVICES =
      Map.of(
          "apigateway.amazonaws.com", "API Gateway",
          "lambda.amazonaws.com", "Lambda",
          "s3.amazonaws.com", "S3",
          "sns.amazonaws.com", "SNS",
          "sqs.amazonaws.com", "SQS");

  private static final Object PLAIN_HTTP = Map.of("Bool", Map.of("aws:SecureTransport", "false"));

  private PlainWords() {}

  /** What a function may call. */
  static String call(String function, List<String> actions, Target target) {
    return "%s may %s %s.".formatted(function, verbs(actions), the(target));
  }

  /** Who may invoke a function. */
  static String push(String function, Target source) {
    String where =
        switch (source.kind()) {
          case "route" -> "for the route " + source.name() + ", on any stage of this API";
          case "authorizer" -> "as the authorizer of " + source.name();
          default -> "for " + the(source);
        };
    return "%s may invoke %s, but only %s.".formatted(source.service(), function, where);
  }

  /** Who polls for a function. */
  static String pull(String function, Target source) {
    return "Lambda polls %s with the execution role of %s. Nothing else may invoke the function."
        .formatted(the(source), function);
  }

  /** The principal of a resource-based policy's statement, in a word or two. */
  static String who(Statement statement) {
    return who(statement, PlainWords::shortPrincipal);
  }

  private static String who(Statement statement, UnaryOperator<String> principal) {
    Principals principals = statement.principals().orElseThrow();
    if (principals.everyone()) {
      return "Everybody";
    }
    List<String> names = new ArrayList<>();
    principals.services().stream().sorted().forEach(s -> names.add(SERVICES.getOrDefault(s, s)));
    principals.aws().stream().sorted().map(principal).forEach(names::add);
    return list(names);
  }

  /**
   * What a statement of a resource-based policy allows or denies.
   *
   * @param from the source that its condition names
   */
  static String access(Statement statement, Target resource, Optional<Target> from) {
    Object condition = statement.document().get("Condition");
    String when = "";
    if (from.isPresent()) {
      when = ", but only for " + the(from.get());
    } else if (PLAIN_HTTP.equals(condition)) {
      when = " over plain HTTP";
    } else if (condition != null) {
      when = " under the statement's condition";
    }
    String sentence =
        " %s %s%s.".formatted(verbs(statement.actions().names()), the(resource), when);
    if (statement.effect() == Effect.ALLOW) {
      return capitalized(who(statement, PlainWords::principal)) + " may" + sentence;
    }
    boolean everyone = statement.principals().orElseThrow().everyone();
    String nobody =
        everyone ? "Nobody may" : capitalized(who(statement, PlainWords::principal)) + " may not";
    return nobody + sentence + " An explicit deny overrides every allow.";
  }

  /** What a redrive policy does. */
  static String redrive(Target queue, Target deadLetterQueue, int receives) {
    return ("After %d receives without a delete, SQS moves a message of %s to %s. The queue's redrive"
            + " policy does this, and it needs no permission.")
        .formatted(receives, the(queue), the(deadLetterQueue));
  }

  private static String principal(String arnOrAccount) {
    boolean account = !arnOrAccount.startsWith("arn:");
    return account
        ? shortPrincipal(arnOrAccount)
        : "the %s of account %s"
            .formatted(shortPrincipal(arnOrAccount), arnOrAccount.split(":")[4]);
  }

  /** An account is given by its id, a role by its ARN. */
  private static String shortPrincipal(String arnOrAccount) {
    return arnOrAccount.startsWith("arn:")
        ? arnOrAccount.split(":", 6)[5].replaceFirst("^role/(.*/)?", "role ")
        : "account " + arnOrAccount;
  }

  private static String verbs(List<String> actions) {
    return list(actions.stream().map(a -> ACTIONS.getOrDefault(a, "do " + a + " on")).toList());
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String the(Target target) {
    String account = target.foreign() ? " of account " + target.account() : "";
    return "the " + target.kind() + " " + target.name() + account;
  }

  private static String list(List<String> words) {
    if (words.size() == 1) {
      return words.getFirst();
    }
    return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}
