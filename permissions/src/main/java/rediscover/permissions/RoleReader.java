package rediscover.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** Reads roles with their inline policies and the managed policies of the template. */
final class RoleReader {

  private final Map<String, Resource> managedPolicies;

  RoleReader(Template template) {
    this.managedPolicies =
        template
            .ofType("AWS::IAM::ManagedPolicy")
            .collect(Collectors.toMap(Resource::arn, policy -> policy));
    for (Resource policy : managedPolicies.values()) {
      policy.properties().ignore("PolicyDocument", "ManagedPolicyName", "Path", "Description");
      policy.properties().refuseUnread();
    }
  }

  Role read(Resource role) {
    Properties properties = role.properties();
    properties.ignore("RoleName", "Path", "Description", "MaxSessionDuration");
    String id = role.logicalId();
    Policy trust =
        Policy.supplied(
            id + "/trust", PolicyType.TRUST, properties.raw("AssumeRolePolicyDocument"));
    List<Policy> policies = new ArrayList<>();
    List<Properties> inline = properties.objects("Policies");
    for (Properties policy : inline) {
      String name = policy.string("PolicyName");
      // A single policy is named after its role.
      policies.add(document(inline.size() == 1 ? id : id + "/" + name, policy));
    }
    for (String arn : properties.strings("ManagedPolicyArns")) {
      Resource policy = managedPolicies.get(arn);
      if (policy == null) {
        throw properties.refuse("ManagedPolicyArns", arn + " is not a policy of this template");
      }
      // A policy of several roles gives each its own statement ids.
      policies.add(document(id + "/" + policy.logicalId(), policy.properties()));
    }
    Map<String, String> tags = Tags.of(properties);
    properties.refuseUnread();
    return new Role(id, role.arn(), tags, trust, policies);
  }

  private static Policy document(String name, Properties properties) {
    return Policy.supplied(name, PolicyType.IDENTITY_BASED, properties.raw("PolicyDocument"));
  }
}
