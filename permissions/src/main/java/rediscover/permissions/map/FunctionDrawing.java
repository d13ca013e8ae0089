package rediscover.permissions.map;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import rediscover.permissions.EventSource;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.Role;
import rediscover.permissions.map.PermissionMap.Arrow;
import rediscover.permissions.map.PermissionMap.FunctionNode;
import rediscover.permissions.map.PermissionMap.Without;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;

/** Draws one function. */
record FunctionDrawing(Drawing drawing, LambdaFunction function) {

  private static final List<String> POLLING =
      List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

  FunctionNode node(Map<String, String> onlyWith) {
    Role role = drawing.permissions().role(function.roleArn()).orElseThrow();
    return new FunctionNode(
        function.logicalId(),
        name(),
        role.logicalId(),
        function.account(),
        onlyWith.get(function.logicalId()),
        role.trust().statements().stream().map(Statement::id).toList(),
        new Without(List.of(drawing.use(assumeRole())), aftermath().notRun()),
        function.eventSources().stream().map(this::invocation).toList(),
        role.policies().stream()
            .flatMap(policy -> policy.statements().stream())
            .flatMap(this::calls)
            .toList());
  }

  private Stream<Arrow> calls(Statement statement) {
    List<String> actions = statement.actions().names();
    return statement.resources().names().stream()
        .map(drawing::target)
        .map(
            target -> {
              String then =
                  actions.equals(POLLING)
                      ? aftermath().notPolled()
                      : aftermath().notCalled(actions, target);
              return new Arrow(
                  "call",
                  target,
                  actions,
                  PlainWords.call(name(), actions, target),
                  List.of(statement.id()),
                  without(calls(actions, target), then));
            });
  }

  private Arrow invocation(EventSource source) {
    Target target = drawing.target(source.arn());
    return switch (source) {
      case EventSource.Push push -> {
        Request invoke =
            Request.of(
                    new Principal.Service(push.service()),
                    "lambda:InvokeFunction",
                    push.invoked(),
                    function.account())
                .with("aws:SourceArn", push.arn())
                .with("aws:SourceAccount", target.account());
        yield new Arrow(
            "push",
            target,
            List.of(invoke.action()),
            PlainWords.push(name(), target),
            allowedBy(List.of(invoke)),
            without(List.of(invoke), aftermath().notInvoked(target)));
      }
      case EventSource.Pull pull -> {
        List<Request> polls = calls(POLLING, target);
        yield new Arrow(
            "pull",
            target,
            POLLING,
            PlainWords.pull(name(), target),
            allowedBy(polls),
            without(polls, aftermath().notPolled()));
      }
    };
  }

  /** The requests of the function, or of Lambda with the function's role. */
  private List<Request> calls(List<String> actions, Target target) {
    // A wildcard stands for any one object or stream. Every call uses TLS.
    String resource = target.arn().replace("*", "one");
    Principal session = drawing.permissions().session(function);
    return actions.stream()
        .map(action -> Request.of(session, action, resource, target.account()))
        .map(request -> request.with("aws:SecureTransport", "true"))
        .toList();
  }

  private Request assumeRole() {
    return Request.of(
            new Principal.Service("lambda.amazonaws.com"),
            "sts:AssumeRole",
            function.roleArn(),
            function.account())
        .with("aws:SourceArn", function.arn())
        .with("aws:SourceAccount", function.account());
  }

  private Without without(List<Request> requests, String then) {
    return new Without(requests.stream().map(drawing::use).toList(), then);
  }

  /** The statements that all these requests need together; none if one request is denied. */
  private List<String> allowedBy(List<Request> requests) {
    Set<String> statements = new LinkedHashSet<>();
    for (Request request : requests) {
      if (!(drawing.permissions().decide(request)
          instanceof Decision.Allowed(List<Statement> by))) {
        return List.of();
      }
      by.forEach(statement -> statements.add(statement.id()));
    }
    return List.copyOf(statements);
  }

  private Aftermath aftermath() {
    return new Aftermath(drawing, function, name());
  }

  /** The logical id RandomLikeFunction becomes random-like. */
  private String name() {
    return function
        .logicalId()
        .replaceFirst("Function$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
