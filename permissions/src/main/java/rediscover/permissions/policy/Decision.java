package rediscover.permissions.policy;

import java.util.List;

/** Whether a request is allowed, and why. */
public sealed interface Decision {

  /**
   * Allowed.
   *
   * @param by the first statement that allows it, across accounts the first of each side; none if
   *     the action needs no permission
   */
  record Allowed(List<Statement> by) implements Decision {}

  /** Denied by a statement. */
  record DeniedExplicitly(Statement by) implements Decision {}

  /**
   * Denied because no statement allows it.
   *
   * @param missing the type of policy that would have to allow it
   */
  record NotAllowed(PolicyType missing) implements Decision {}

  default boolean isAllowed() {
    return this instanceof Allowed;
  }

  /**
   * The decision in a sentence: a denial <a
   * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">in
   * AWS's words</a>, or the statements that allow it.
   */
  default String explain(Request request) {
    String who = request.principal().name();
    String what = request.action() + " on resource: " + request.resource();
    String denied = "User: " + who + " is not authorized to perform: " + what;
    return switch (this) {
      case Allowed(List<Statement> by) ->
          who
              + " may perform: "
              + what
              + (by.isEmpty()
                  ? " because it needs no permission"
                  : " because of " + String.join(" and ", by.stream().map(Statement::id).toList()));
      case DeniedExplicitly _, NotAllowed _ -> denied + " " + reason(request);
    };
  }

  /** The reason in AWS's sentence; empty if the request is allowed. */
  default String reason(Request request) {
    return switch (this) {
      case Allowed _ -> "";
      case DeniedExplicitly(Statement by) ->
          "with an explicit deny in " + article(by.type()) + " policy";
      case NotAllowed(PolicyType missing) ->
          "because no "
              + missing.inMessages()
              + " policy allows the "
              + request.action()
              + " action";
    };
  }

  private static String article(PolicyType type) {
    return (type == PolicyType.IDENTITY_BASED ? "an " : "a ") + type.inMessages();
  }
}
