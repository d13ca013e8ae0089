package rediscover.permissions.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Draws what is written down at queues, topics and buckets. */
record ResourceDrawing(Drawing drawing) {

  private static final List<String> DRAWN =
      List.of("AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::S3::Bucket");

  /** Those that have something to say, in the order of the templates. */
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

  /** What fails without a statement that stands at a resource. */
  private Without without(Statement statement, Target resource, Optional<Target> from) {
    Principals principals = statement.principals().orElseThrow();
    if (statement.effect() == Effect.DENY) {
      return new Without(
          List.of(), "Nothing fails, and that is the danger: what it refuses is answered now.");
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
          "A message that SNS cannot deliver is lost: SNS cannot keep it in %s."
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
          "Account %s cannot subscribe a function, so no message of %s gets there."
              .formatted(drawing.account(), resource.name()));
    }
    return new Without(List.of(), "The arrow of the function that polls shows what fails.");
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

  /** The one ARN that a condition asks of the source. */
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
