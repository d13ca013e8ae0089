package rediscover.permissions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rediscover.permissions.policy.Effect;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Checks a template against every {@link GuardRail}. */
public final class GuardRails {

  private static final Set<String> USERS =
      Set.of("AWS::IAM::User", "AWS::IAM::AccessKey", "AWS::IAM::UserToGroupAddition");

  /**
   * Actions that are about no resource, so that their statements have to say {@code *}: <a
   * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html">Lambda's</a>.
   */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("lambda:ListFunctions", "lambda:GetAccountSettings");

  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, String> functionByRole = new HashMap<>();

  private GuardRails() {}

  /**
   * All that a template does and may not; empty if it is as it should be.
   *
   * @throws rediscover.permissions.policy.PolicyException if a policy in it cannot be read
   */
  public static List<Finding> check(Template template) {
    GuardRails rails = new GuardRails();
    template.resources().values().forEach(resource -> rails.check(resource, template));
    return rails.findings;
  }

  private void check(Resource resource, Template template) {
    String id = resource.logicalId();
    Properties properties = resource.properties();
    switch (resource.type()) {
      case "AWS::Serverless::Function", "AWS::Lambda::Function" -> checkRole(resource, template);
      case "AWS::IAM::Role" -> {
        for (String arn : properties.strings("ManagedPolicyArns")) {
          if (template.ofType("AWS::IAM::ManagedPolicy").noneMatch(own -> own.arn().equals(arn))) {
            findings.add(new Finding(GuardRail.MANAGED_POLICY, id, arn));
          }
        }
        for (Properties policy : properties.objects("Policies")) {
          checkPolicy(id, PolicyType.IDENTITY_BASED, policy);
        }
      }
      case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> {
        for (String user : properties.strings("Users")) {
          findings.add(new Finding(GuardRail.USER, id, user));
        }
        checkPolicy(id, PolicyType.IDENTITY_BASED, properties);
      }
      case "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy" ->
          checkPolicy(id, PolicyType.RESOURCE_BASED, properties);
      case "AWS::Lambda::Permission" -> checkActions(id, List.of(properties.string("Action")));
      default -> {
        if (USERS.contains(resource.type())) {
          findings.add(new Finding(GuardRail.USER, id, resource.type()));
        }
      }
    }
  }

  private void checkRole(Resource function, Template template) {
    String id = function.logicalId();
    // Without a role SAM writes one, and attaches AWS's managed policies to it.
    String role = function.properties().optional("Role").orElse("none");
    if (template.ofType("AWS::IAM::Role").noneMatch(own -> own.arn().equals(role))) {
      findings.add(new Finding(GuardRail.NO_OWN_ROLE, id, role));
      return;
    }
    String other = functionByRole.putIfAbsent(role, id);
    if (other != null) {
      findings.add(new Finding(GuardRail.SHARED_ROLE, id, "the role of " + other));
    }
  }

  private void checkPolicy(String id, PolicyType type, Properties properties) {
    Policy policy = Policy.of(id, type, properties.raw("PolicyDocument"));
    for (Statement statement : policy.statements()) {
      if (statement.effect() == Effect.ALLOW) {
        checkAllow(statement);
      }
    }
  }

  private void checkAllow(Statement statement) {
    List<String> actions = statement.actions().names();
    if (statement.actions().inverted()) {
      findings.add(new Finding(GuardRail.WILDCARD_ACTION, statement.id(), "NotAction"));
    }
    checkActions(statement.id(), actions);
    if (statement.resources().inverted()) {
      findings.add(new Finding(GuardRail.BARE_RESOURCE, statement.id(), "NotResource"));
    }
    if (statement.resources().names().contains("*") && !WITHOUT_RESOURCE.containsAll(actions)) {
      findings.add(new Finding(GuardRail.BARE_RESOURCE, statement.id(), "*"));
    }
  }

  private void checkActions(String where, List<String> actions) {
    for (String action : actions) {
      if (action.contains("*") || action.contains("?")) {
        findings.add(new Finding(GuardRail.WILDCARD_ACTION, where, action));
      }
    }
  }
}
