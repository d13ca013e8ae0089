package rediscover.permissions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Reads a role with all policies of the template that are attached to it. */
final class RoleReader {

  private final Template template;
  private final Resource role;

  RoleReader(Template template, Resource role) {
    this.template = template;
    this.role = role;
  }

  Role read() {
    Properties properties = role.properties();
    properties.ignore("RoleName", "Path", "Description", "MaxSessionDuration");
    String name = role.logicalId();
    Policy trust =
        Policy.of(name + "/trust", PolicyType.TRUST, properties.raw("AssumeRolePolicyDocument"));
    List<Policy> policies = new ArrayList<>(ownPolicies(properties.objects("Policies")));
    for (String arn : properties.strings("ManagedPolicyArns")) {
      policies.add(managedPolicy(properties, arn));
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (Properties tag : properties.objects("Tags")) {
      tags.put(tag.string("Key"), tag.string("Value"));
    }
    properties.refuseUnread();
    attachedPolicies().forEach(policies::add);
    return new Role(name, role.arn(), tags, trust, policies);
  }

  private List<Policy> ownPolicies(List<Properties> inline) {
    return inline.stream()
        .map(
            policy -> {
              String name = policy.string("PolicyName");
              // One policy needs no name of its own beside its role's.
              String called = role.logicalId() + (inline.size() == 1 ? "" : "/" + name);
              return document(called, policy);
            })
        .toList();
  }

  private Policy managedPolicy(Properties properties, String arn) {
    return template
        .ofType("AWS::IAM::ManagedPolicy")
        .filter(policy -> policy.arn().equals(arn))
        .findFirst()
        .map(policy -> document(called(policy), policy.properties()))
        .orElseThrow(
            () -> properties.refuse("ManagedPolicyArns", arn + " is no policy of this template"));
  }

  /** Policies that name their roles, instead of being named by them. */
  private Stream<Policy> attachedPolicies() {
    return Stream.concat(
            template.ofType("AWS::IAM::Policy"), template.ofType("AWS::IAM::ManagedPolicy"))
        .filter(policy -> policy.properties().strings("Roles").contains(role.ref()))
        .map(policy -> document(called(policy), policy.properties()));
  }

  /** A policy may be attached to several roles; each one's statements have ids of their own. */
  private String called(Resource policy) {
    return role.logicalId() + "/" + policy.logicalId();
  }

  private static Policy document(String name, Properties properties) {
    return Policy.of(name, PolicyType.IDENTITY_BASED, properties.raw("PolicyDocument"));
  }
}
