package rediscover.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Reads roles with the policies that the template attaches to them. */
final class RoleReader {

  private final Template template;

  /** Policies that are resources. */
  private final List<Resource> policies;

  RoleReader(Template template) {
    this.template = template;
    this.policies =
        Stream.concat(
                template.ofType("AWS::IAM::Policy"), template.ofType("AWS::IAM::ManagedPolicy"))
            .toList();
    policies.forEach(this::check);
  }

  Role read(Resource role) {
    Properties properties = role.properties();
    properties.ignore("RoleName", "Path", "Description", "MaxSessionDuration");
    String id = role.logicalId();
    Policy trust =
        Policy.supplied(
            id + "/trust", PolicyType.TRUST, properties.raw("AssumeRolePolicyDocument"));
    List<Policy> own = new ArrayList<>(inlinePolicies(id, properties.objects("Policies")));
    List<String> managed = properties.strings("ManagedPolicyArns");
    Map<String, String> tags = Tags.of(properties);
    properties.refuseUnread();
    for (String arn : managed) {
      if (policies.stream().noneMatch(policy -> isManaged(policy, arn))) {
        throw properties.refuse("ManagedPolicyArns", arn + " is not a policy of this template");
      }
    }
    for (Resource policy : policies) {
      if (policy.properties().strings("Roles").contains(role.ref())
          || managed.stream().anyMatch(arn -> isManaged(policy, arn))) {
        // A policy of several roles gives each its own statement ids.
        own.add(document(id + "/" + policy.logicalId(), policy.properties()));
      }
    }
    return new Role(id, role.arn(), tags, trust, own);
  }

  private void check(Resource policy) {
    Properties properties = policy.properties();
    properties.ignore("PolicyDocument", "PolicyName", "ManagedPolicyName", "Path", "Description");
    Set<String> roles =
        template.ofType("AWS::IAM::Role").map(Resource::ref).collect(Collectors.toSet());
    for (String role : properties.strings("Roles")) {
      if (!roles.contains(role)) {
        throw properties.refuse("Roles", role + " is not a role of this template");
      }
    }
    properties.refuseUnread();
  }

  private static boolean isManaged(Resource policy, String arn) {
    return policy.type().equals("AWS::IAM::ManagedPolicy") && policy.arn().equals(arn);
  }

  private static List<Policy> inlinePolicies(String role, List<Properties> inline) {
    return inline.stream()
        .map(
            policy -> {
              String name = policy.string("PolicyName");
              // A single policy is named after its role.
              return document(inline.size() == 1 ? role : role + "/" + name, policy);
            })
        .toList();
  }

  private static Policy document(String name, Properties properties) {
    return Policy.supplied(name, PolicyType.IDENTITY_BASED, properties.raw("PolicyDocument"));
  }
}
