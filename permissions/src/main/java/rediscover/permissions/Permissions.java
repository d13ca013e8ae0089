package rediscover.permissions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import rediscover.permissions.policy.Decision;
import rediscover.permissions.policy.Evaluator;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/**
 * The policies of one or more templates, and the decisions that follow from them.
 *
 * @param roles execution roles and all others
 * @param resourcePolicies the policies of functions, topics, queues and buckets, by ARN
 * @param tags the tags of functions, roles and all other resources, by ARN
 */
public record Permissions(
    List<LambdaFunction> functions,
    List<Role> roles,
    Map<String, List<Policy>> resourcePolicies,
    Map<String, Map<String, String>> tags) {

  public Permissions {
    functions = List.copyOf(functions);
    roles = List.copyOf(roles);
    resourcePolicies = Map.copyOf(resourcePolicies);
    tags = Map.copyOf(tags);
    Set<String> ids = new HashSet<>();
    statements(roles, resourcePolicies)
        .forEach(
            statement -> {
              if (!ids.add(statement.id())) {
                throw new IllegalArgumentException("Duplicate statement id " + statement.id());
              }
            });
  }

  /** Permissions on resources without tags. */
  public Permissions(
      List<LambdaFunction> functions,
      List<Role> roles,
      Map<String, List<Policy>> resourcePolicies) {
    this(functions, roles, resourcePolicies, Map.of());
  }

  /**
   * Reads the permissions of a template.
   *
   * @throws rediscover.permissions.template.TemplateException if it contains something unsupported
   * @throws rediscover.permissions.policy.PolicyException if a policy does
   */
  public static Permissions of(Template template) {
    return new PermissionsReader(template).read();
  }

  /**
   * Adds those of another stack, perhaps in another account.
   *
   * @throws IllegalArgumentException if two statements would have the same id
   */
  public Permissions and(Permissions other) {
    List<LambdaFunction> allFunctions = new ArrayList<>(functions);
    allFunctions.addAll(other.functions);
    List<Role> allRoles = new ArrayList<>(roles);
    allRoles.addAll(other.roles);
    Map<String, List<Policy>> allPolicies = new HashMap<>(resourcePolicies);
    other.resourcePolicies.forEach(
        (arn, policies) ->
            allPolicies.merge(
                arn, policies, (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    Map<String, Map<String, String>> allTags = new HashMap<>(tags);
    allTags.putAll(other.tags);
    return new Permissions(allFunctions, allRoles, allPolicies, allTags);
  }

  /**
   * Decides a request by the policies of its role and of its resource. The resource's tags are
   * filled in; the request must bring all other context.
   */
  public Decision decide(Request request) {
    Request complete = request;
    for (Map.Entry<String, String> tag : tagsOf(request.resource()).entrySet()) {
      complete = complete.with("aws:ResourceTag/" + tag.getKey(), tag.getValue());
    }
    List<Policy> identityPolicies =
        switch (request.principal()) {
          case Principal.Service service -> List.of();
          case Principal.RoleSession session ->
              role(session.roleArn()).map(Role::policies).orElse(List.of());
        };
    return Evaluator.decide(complete, identityPolicies, policiesOf(request));
  }

  /** The session of a function's execution role. */
  public Principal.RoleSession session(LambdaFunction function) {
    Map<String, String> tags = role(function.roleArn()).map(Role::tags).orElse(Map.of());
    return new Principal.RoleSession(function.roleArn(), function.name(), tags);
  }

  /**
   * The function of that logical id.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public LambdaFunction function(String logicalId) {
    return functions.stream()
        .filter(function -> function.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  /** The role of that ARN. */
  public Optional<Role> role(String arn) {
    return roles.stream().filter(role -> role.arn().equals(arn)).findFirst();
  }

  /** Every statement, each with an id of its own. */
  public List<Statement> statements() {
    return statements(roles, resourcePolicies).toList();
  }

  /** The statement of that id. */
  public Optional<Statement> statement(String id) {
    return statements(roles, resourcePolicies)
        .filter(statement -> statement.id().equals(id))
        .findFirst();
  }

  /**
   * The permissions without one statement.
   *
   * @throws IllegalArgumentException if there is no statement of that id
   */
  public Permissions without(String statementId) {
    Statement statement =
        statement(statementId)
            .orElseThrow(() -> new IllegalArgumentException("Unknown statement " + statementId));
    return edited(policy -> policy.without(statement));
  }

  /** The permissions with every policy edited. */
  public Permissions edited(UnaryOperator<Policy> edit) {
    List<Role> editedRoles =
        roles.stream()
            .map(
                role ->
                    new Role(
                        role.logicalId(),
                        role.arn(),
                        role.tags(),
                        edit.apply(role.trust()),
                        role.policies().stream().map(edit).toList()))
            .toList();
    Map<String, List<Policy>> editedPolicies = new HashMap<>();
    resourcePolicies.forEach(
        (arn, policies) -> editedPolicies.put(arn, policies.stream().map(edit).toList()));
    return new Permissions(functions, editedRoles, editedPolicies, tags);
  }

  /** A version has the tags of its function, an index those of its table. */
  private Map<String, String> tagsOf(String resource) {
    return tags.entrySet().stream()
        .filter(tagged -> isAbout(resource, tagged.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Map.of());
  }

  private List<Policy> policiesOf(Request request) {
    List<Policy> policies = new ArrayList<>();
    role(request.resource()).map(Role::trust).ifPresent(policies::add);
    resourcePolicies.forEach(
        (arn, attached) -> {
          if (isAbout(request.resource(), arn)) {
            policies.addAll(attached);
          }
        });
    return policies;
  }

  /** Whether it is that resource, an object in it, an index of it or a version of it. */
  private static boolean isAbout(String resource, String arn) {
    char separator = arn.contains(":s3:::") || arn.contains(":dynamodb:") ? '/' : ':';
    return resource.startsWith(arn)
        && (resource.length() == arn.length() || resource.charAt(arn.length()) == separator);
  }

  private static Stream<Statement> statements(
      List<Role> roles, Map<String, List<Policy>> resourcePolicies) {
    Stream<Policy> ofRoles =
        roles.stream()
            .flatMap(role -> Stream.concat(role.policies().stream(), Stream.of(role.trust())));
    Stream<Policy> ofResources = resourcePolicies.values().stream().flatMap(List::stream);
    return Stream.concat(ofRoles, ofResources).flatMap(policy -> policy.statements().stream());
  }
}
