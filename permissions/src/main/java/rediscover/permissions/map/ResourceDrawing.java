package rediscover.permissions.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rediscover.permissions.Deployer;
import rediscover.permissions.map.PermissionMap.Access;
import rediscover.permissions.map.PermissionMap.Redrive;
import rediscover.permissions.map.PermissionMap.ResourceNode;
import rediscover.permissions.map.PermissionMap.Without;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Principals;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;

/** Draws the policies of queues, topics and buckets. */
record ResourceDrawing(Drawing drawing) {

  private static final List<String> DRAWN =
      List.of("AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::S3::Bucket");

  /** The resources that have a resource-based policy or a redrive policy, in template order. */
  List<ResourceNode> nodes() {
    return drawing.templates().stream()
        .flatMap(template -> template.resources().values().stream())
        .filter(resource -> DRAWN.contains(resource.type()))
        .map(this::node)
        .filter(node -> !node.access().isEmpty() || node.redrive() != null)
        .toList();
  }

  private ResourceNode node(Resource resource) {
    Target target = drawing.target(resource.arn());
    List<Access> access = new ArrayList<>();
    drawing.permissions().resourcePolicies().getOrDefault(resource.arn(), List.of()).stream()
        .flatMap(policy -> policy.statements().stream())
        .forEach(statement -> access.add(access(statement, target)));
    return new ResourceNode(target, access, redrive(resource, target));
  }

  private Access access(Statement statement, Target resource) {
    Optional<Target> from = sourceArn(statement).map(drawing::target);
    return new Access(
        PlainWords.who(statement),
        from.orElse(null),
        statement.actions().names(),
        PlainWords.access(statement, resource, from),
        List.of(statement.id()),
        without(statement, resource, from));
  }

  /** What fails without a statement of the resource's policy. */
  private Without without(Statement statement, Target resource, Optional<Target> from) {
    Principals principals = statement.principals().orElseThrow();
    if (statement.effect() == Effect.DENY) {
      return new Without(
          List.of(), "Nothing fails, and that is the danger: requests that it denied now succeed.");
    }
    if (from.isPresent()) {
      Request deliver =
          Request.of(
                  new Principal.Service(principals.services().iterator().next()),
                  statement.actions().names().getFirst(),
                  resource.arn(),
                  resource.account())
              .with("aws:SourceArn", from.get().arn());
      return new Without(
          List.of(drawing.use(deliver)),
          "Messages that SNS cannot deliver are lost: SNS cannot send them to %s."
              .formatted(resource.name()));
    }
    if (principals.aws().contains(drawing.account())) {
      Request subscribe =
          Request.of(
              Deployer.session(drawing.account()),
              "sns:Subscribe",
              resource.arn(),
              resource.account());
      return new Without(
          List.of(drawing.use(subscribe)),
          "Account %s cannot subscribe a function, so no message of %s reaches it."
              .formatted(drawing.account(), resource.name()));
    }
    return new Without(
        List.of(), "The arrow of the function that polls this queue shows what fails.");
  }

  /** The redrive policy of a queue; null if it has none. */
  private Redrive redrive(Resource resource, Target queue) {
    if (!resource.properties().has("RedrivePolicy")) {
      return null;
    }
    Properties policy = resource.properties().object("RedrivePolicy");
    Target to = drawing.target(policy.string("deadLetterTargetArn"));
    int receives = Integer.parseInt(policy.string("maxReceiveCount"));
    return new Redrive(to, receives, PlainWords.redrive(queue, to, receives));
  }

  /** The {@code aws:SourceArn} in a statement's condition. */
  private static Optional<String> sourceArn(Statement statement) {
    if (statement.document().get("Condition") instanceof Map<?, ?> operators) {
      return operators.values().stream()
          .flatMap(keys -> ((Map<?, ?>) keys).entrySet().stream())
          .filter(entry -> "aws:SourceArn".equalsIgnoreCase((String) entry.getKey()))
          .map(Map.Entry::getValue)
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .findFirst();
    }
    return Optional.empty();
  }
}
