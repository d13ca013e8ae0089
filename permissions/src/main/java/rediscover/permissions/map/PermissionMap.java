package rediscover.permissions.map;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import rediscover.permissions.EventSource;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.Permissions;
import rediscover.permissions.Role;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/**
 * The two questions of every function with their answers, and what else is written down about who
 * may do what.
 *
 * @param functions in the order of the template
 * @param resources the queues, topics and buckets that have a policy, and the queues that hand over
 *     what failed
 */
public record PermissionMap(List<FunctionNode> functions, List<ResourceNode> resources) {

  /**
   * A function.
   *
   * @param id its logical id
   * @param name as people call it: {@code random-like}
   * @param role the logical id of its execution role
   * @param account the account that it is in
   * @param trust the statements by which Lambda may assume the role
   * @param withoutTrust what fails without them
   * @param invokedBy the arrows that lead to it
   * @param mayCall the arrows that lead from it
   */
  record FunctionNode(
      String id,
      String name,
      String role,
      String account,
      List<Statement> trust,
      Without withoutTrust,
      List<Arrow> invokedBy,
      List<Arrow> mayCall) {}

  /**
   * An arrow.
   *
   * @param mode {@code push}, {@code pull} or {@code call}
   * @param other what it leads from or to
   * @param actions what is done
   * @param sentence the same in plain words
   * @param statements the statements that allow it; none if it is denied
   * @param without what fails without them
   */
  record Arrow(
      String mode,
      Target other,
      List<String> actions,
      String sentence,
      List<Statement> statements,
      Without without) {}

  /**
   * What fails along an arrow when statements are missing.
   *
   * @param uses the requests that are made along it; none where another arrow shows them
   * @param then what becomes of the message, or of whoever asked
   */
  record Without(List<Need.Use> uses, String then) {}

  /**
   * A resource that is no function.
   *
   * @param access what its resource-based policy says, statement by statement
   * @param redrive where it hands over what failed
   */
  record ResourceNode(Target resource, List<Access> access, Optional<Redrive> redrive) {}

  /**
   * A statement of a resource-based policy.
   *
   * @param who whom it is about, in a word or two
   * @param from the one resource that it asks for as the source
   * @param sentence the same in plain words
   * @param without what fails without it
   */
  record Access(
      Statement statement, String who, Optional<Target> from, String sentence, Without without) {}

  /**
   * What a queue does with a message that failed too often.
   *
   * @param to the dead-letter queue
   * @param receives how often a message is received before
   * @param sentence the same in plain words
   */
  record Redrive(Target to, int receives, String sentence) {}

  private static final List<String> POLLING =
      List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

  /** Draws the map of the application alone. */
  public static PermissionMap of(Template application) {
    return of(List.of(application), Permissions.of(application));
  }

  /** Draws the map of the application together with another account's side. */
  public static PermissionMap of(Template application, Template otherAccount) {
    return of(
        List.of(application, otherAccount),
        Permissions.of(application).and(Permissions.of(otherAccount)));
  }

  private static PermissionMap of(List<Template> templates, Permissions stated) {
    String account = stated.functions().getFirst().arn().split(":")[4];
    Permissions permissions = Deployer.in(account, stated);
    List<FunctionNode> functions =
        permissions.functions().stream()
            .map(function -> new Drawing(templates, permissions, function).node())
            .toList();
    return new PermissionMap(
        functions, new ResourceDrawing(templates, permissions, account).nodes());
  }

  /** Draws one function. */
  private record Drawing(
      List<Template> templates, Permissions permissions, LambdaFunction function) {

    FunctionNode node() {
      Role role = permissions.role(function.roleArn()).orElseThrow();
      List<Arrow> mayCall = new ArrayList<>();
      role.policies().stream()
          .flatMap(policy -> policy.statements().stream())
          .forEach(statement -> mayCall.addAll(calls(statement)));
      return new FunctionNode(
          function.logicalId(),
          name(),
          role.logicalId(),
          account(),
          role.trust().statements(),
          new Without(List.of(use(assumeRole(role))), aftermath().notRun()),
          function.eventSources().stream().map(this::invocation).toList(),
          mayCall);
    }

    private List<Arrow> calls(Statement statement) {
      return statement.resources().names().stream()
          .map(
              arn -> {
                Target target = target(arn);
                List<String> actions = statement.actions().names();
                String sentence = PlainWords.call(name(), actions, target);
                Without without =
                    new Without(
                        actions.stream().map(action -> use(call(action, target))).toList(),
                        actions.equals(POLLING)
                            ? aftermath().notPolled()
                            : aftermath().notCalled(actions, target));
                return new Arrow("call", target, actions, sentence, List.of(statement), without);
              })
          .toList();
    }

    private Arrow invocation(EventSource source) {
      Target target = target(source.arn());
      return switch (source) {
        case EventSource.Push push -> {
          Request invoke =
              Request.of(
                      new Principal.Service(push.service()),
                      "lambda:InvokeFunction",
                      push.invoked(),
                      account())
                  .with("aws:SourceArn", push.arn())
                  .with("aws:SourceAccount", target.account());
          yield new Arrow(
              "push",
              target,
              List.of(invoke.action()),
              PlainWords.push(name(), target),
              allowedBy(List.of(invoke)),
              new Without(List.of(use(invoke)), aftermath().notInvoked(target)));
        }
        case EventSource.Pull pull -> {
          List<Request> polls = POLLING.stream().map(action -> call(action, target)).toList();
          yield new Arrow(
              "pull",
              target,
              POLLING,
              PlainWords.pull(name(), target),
              allowedBy(polls),
              new Without(polls.stream().map(this::use).toList(), aftermath().notPolled()));
        }
      };
    }

    /** What the function, or Lambda in its role's name, asks for. */
    private Request call(String action, Target target) {
      // One thing of those that a star leaves open. Every call goes over TLS.
      String resource = target.arn().replace("*", "one");
      return Request.of(permissions.session(function), action, resource, target.account())
          .with("aws:SecureTransport", "true");
    }

    private Request assumeRole(Role role) {
      return Request.of(
              new Principal.Service("lambda.amazonaws.com"),
              "sts:AssumeRole",
              role.arn(),
              account())
          .with("aws:SourceArn", function.arn())
          .with("aws:SourceAccount", account());
    }

    private Need.Use use(Request request) {
      return Need.Use.of(request, permissions);
    }

    private Aftermath aftermath() {
      return new Aftermath(templates, function, name());
    }

    /** The statements without which these requests would not be allowed; none if one is denied. */
    private List<Statement> allowedBy(List<Request> requests) {
      Set<Statement> statements = new LinkedHashSet<>();
      for (Request request : requests) {
        if (!(permissions.decide(request) instanceof Decision.Allowed(List<Statement> by))) {
          return List.of();
        }
        statements.addAll(by);
      }
      return List.copyOf(statements);
    }

    private Target target(String arn) {
      return Target.of(arn, templates, account());
    }

    private String account() {
      return function.arn().split(":")[4];
    }

    /** RandomLikeFunction is random-like. */
    private String name() {
      return function
          .logicalId()
          .replaceFirst("Function$", "")
          .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
          .toLowerCase(Locale.ROOT);
    }
  }
}
