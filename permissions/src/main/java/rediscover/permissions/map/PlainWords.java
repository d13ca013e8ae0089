package rediscover.permissions.map;

import java.util.List;
import java.util.Map;

/** Says what a statement means to somebody who does not read policies. */
final class PlainWords {

  private static final Map<String, String> ACTIONS =
      Map.of(
          "dynamodb:PutItem", "put items into",
          "dynamodb:Query", "look up items in",
          "logs:CreateLogStream", "start streams in",
          "logs:PutLogEvents", "write to",
          "s3:GetObject", "read objects of",
          "sqs:DeleteMessage", "delete messages from",
          "sqs:GetQueueAttributes", "ask for the attributes of",
          "sqs:ReceiveMessage", "receive messages from",
          "sqs:SendMessage", "send messages to",
          "ssm:GetParameter", "read");

  private PlainWords() {}

  /** What a function may call. */
  static String call(String function, List<String> actions, Target target) {
    List<String> verbs =
        actions.stream().map(a -> ACTIONS.getOrDefault(a, "do " + a + " on")).toList();
    return "%s may %s %s.".formatted(function, list(verbs), the(target));
  }

  /** Who may invoke a function. */
  static String push(String function, Target source) {
    String where =
        source.kind().equals("route")
            ? "for the route " + source.name() + ", on any stage of this API"
            : "for " + the(source);
    return "%s may invoke %s, but only %s.".formatted(source.service(), function, where);
  }

  /** What a function is given that nobody invokes. */
  static String pull(String function, Target source) {
    return "Lambda polls %s in the name of %s, whose role has to allow it; nobody else invokes it."
        .formatted(the(source), function);
  }

  private static String the(Target target) {
    return "the " + target.kind() + " " + target.name();
  }

  private static String list(List<String> words) {
    if (words.size() == 1) {
      return words.getFirst();
    }
    return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}
