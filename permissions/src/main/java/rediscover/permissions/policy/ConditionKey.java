package rediscover.permissions.policy;

import static rediscover.permissions.policy.ConditionKey.Supplier.ACTION;
import static rediscover.permissions.policy.ConditionKey.Supplier.EVERY_REQUEST;
import static rediscover.permissions.policy.ConditionKey.Supplier.NO_REQUEST;
import static rediscover.permissions.policy.ConditionKey.Supplier.ONLY_AWS;
import static rediscover.permissions.policy.ConditionKey.Supplier.PRINCIPAL;
import static rediscover.permissions.policy.ConditionKey.Supplier.RESOURCE;
import static rediscover.permissions.policy.ConditionKey.Supplier.SERVICE;
import static rediscover.permissions.policy.ConditionKey.Type.ADDRESS;
import static rediscover.permissions.policy.ConditionKey.Type.ARN;
import static rediscover.permissions.policy.ConditionKey.Type.BOOL;
import static rediscover.permissions.policy.ConditionKey.Type.DATE;
import static rediscover.permissions.policy.ConditionKey.Type.NUMBER;
import static rediscover.permissions.policy.ConditionKey.Type.STRING;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A condition key that policies may use. A policy with any other is refused: AWS would fill the key
 * in, nobody would here, and a Deny that asks for it would never apply.
 *
 * @param name a name that ends in a slash is followed by a tag's key
 * @param multivalued whether one request can have several values of it
 * @param supplier where its values come from in the embedded run
 * @param types what its values are, each with the operators that compare them
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS
 *     global condition context keys</a>, with the type and the availability of each
 */
record ConditionKey(String name, boolean multivalued, Supplier supplier, Set<Type> types) {

  /** Where a key's values come from in the embedded run. */
  enum Supplier {
    /** {@link Request} fills it in: it follows from the principal or the resource's account. */
    PRINCIPAL,
    /** {@code Permissions} fills it in: the tags that the template gives to the resource. */
    RESOURCE,
    /** The run fills it in for every request. */
    EVERY_REQUEST,
    /** The run fills it in where a service acts for a resource, as AWS does, and nowhere else. */
    SERVICE,
    /** The run fills it in for the actions that have it. */
    ACTION,
    /** AWS would leave it out of every request that the run can make. */
    NO_REQUEST,
    /** AWS has it and the run cannot know it. A template that uses it is refused. */
    ONLY_AWS
  }

  /** What a key's values are; the operators of its family compare them. */
  enum Type {
    STRING("String"),
    /** The string operators compare ARNs as well. */
    ARN("Arn", "String"),
    BOOL("Bool"),
    DATE("Date"),
    NUMBER("Numeric"),
    ADDRESS("IpAddress", "NotIpAddress");

    private final List<String> operators;

    Type(String... operators) {
      this.operators = List.of(operators);
    }
  }

  private static final Map<String, ConditionKey> KNOWN =
      List.of(
              one("aws:CurrentTime", EVERY_REQUEST, DATE),
              one("aws:EpochTime", EVERY_REQUEST, DATE, NUMBER),
              one("aws:RequestedRegion", EVERY_REQUEST, STRING),
              one("aws:SecureTransport", EVERY_REQUEST, BOOL),
              // No service uses a caller's credentials for another request here.
              one("aws:ViaAWSService", EVERY_REQUEST, BOOL),
              many("aws:CalledVia", NO_REQUEST, STRING),
              one("aws:CalledViaFirst", NO_REQUEST, STRING),
              one("aws:CalledViaLast", NO_REQUEST, STRING),
              one("aws:SourceIp", ACTION, ADDRESS),
              // The run refuses functions in a VPC, so nobody uses a VPC endpoint.
              one("aws:SourceVpc", NO_REQUEST, STRING),
              one("aws:SourceVpce", NO_REQUEST, STRING),
              one("aws:VpcSourceIp", NO_REQUEST, ADDRESS),
              one("aws:UserAgent", ONLY_AWS, STRING),
              one("aws:PrincipalAccount", PRINCIPAL, STRING),
              one("aws:PrincipalArn", PRINCIPAL, ARN),
              one("aws:PrincipalIsAWSService", PRINCIPAL, BOOL),
              one("aws:PrincipalServiceName", PRINCIPAL, STRING),
              many("aws:PrincipalServiceNamesList", ONLY_AWS, STRING),
              one("aws:PrincipalOrgID", ONLY_AWS, STRING),
              many("aws:PrincipalOrgPaths", ONLY_AWS, STRING),
              one("aws:PrincipalTag/", PRINCIPAL, STRING),
              one("aws:PrincipalType", PRINCIPAL, STRING),
              one("aws:userid", ONLY_AWS, STRING),
              // Only users have a name, only sessions by way of others have these; functions are
              // neither.
              one("aws:username", NO_REQUEST, STRING),
              one("aws:FederatedProvider", NO_REQUEST, STRING),
              one("aws:SourceIdentity", NO_REQUEST, STRING),
              one("aws:TokenIssueTime", ONLY_AWS, DATE),
              one("aws:MultiFactorAuthPresent", ONLY_AWS, BOOL),
              one("aws:MultiFactorAuthAge", NO_REQUEST, NUMBER),
              one("aws:ResourceAccount", PRINCIPAL, STRING),
              one("aws:ResourceOrgID", ONLY_AWS, STRING),
              many("aws:ResourceOrgPaths", ONLY_AWS, STRING),
              one("aws:ResourceTag/", RESOURCE, STRING),
              // The run plays no action that gives tags.
              one("aws:RequestTag/", NO_REQUEST, STRING),
              many("aws:TagKeys", NO_REQUEST, STRING),
              one("aws:SourceAccount", SERVICE, STRING),
              one("aws:SourceArn", SERVICE, ARN),
              one("aws:SourceOrgID", ONLY_AWS, STRING),
              many("aws:SourceOrgPaths", ONLY_AWS, STRING),
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
              many("dynamodb:Attributes", ONLY_AWS, STRING),
              many("dynamodb:LeadingKeys", ONLY_AWS, STRING),
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
              one("s3:delimiter", ACTION, STRING),
              one("s3:max-keys", ACTION, NUMBER),
              one("s3:prefix", ACTION, STRING),
              // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
              one("sns:Endpoint", ACTION, STRING),
              one("sns:Protocol", ACTION, STRING),
              // The run plays no action that passes a role.
              one("iam:PassedToService", NO_REQUEST, STRING))
          .stream()
          .collect(Collectors.toUnmodifiableMap(key -> lowerCase(key.name), Function.identity()));

  /**
   * The key of that name, in any case.
   *
   * @throws PolicyException if it is not known
   */
  static ConditionKey of(String name) {
    ConditionKey key = KNOWN.get(family(name));
    if (key == null || key.isTag() && !name.matches("[^/]+/[A-Za-z0-9_.:/=+@ -]+")) {
      throw new PolicyException("condition key " + name + " is not known");
    }
    if (key.supplier == RESOURCE && isWrittenByAws(name.substring(key.name.length()))) {
      throw new PolicyException(
          "condition key " + name + " is about a tag that CloudFormation writes: not supported");
    }
    return key;
  }

  /** Whether it is one of those that {@link Request} fills in, whatever else is given to it. */
  static boolean isFilledIn(String name) {
    ConditionKey key = KNOWN.get(family(name));
    return key != null && key.supplier == PRINCIPAL;
  }

  /** Whether an operator, without {@code IfExists}, compares values of this key. */
  boolean isComparedBy(String operator) {
    return types.stream()
        .flatMap(type -> type.operators.stream())
        .anyMatch(family -> operator.equals(family) || isOf(family, operator));
  }

  private static boolean isOf(String family, String operator) {
    return operator.startsWith(family) && !family.startsWith("Ip") && !family.startsWith("Not");
  }

  private static String family(String name) {
    int slash = name.indexOf('/');
    return lowerCase(slash < 0 ? name : name.substring(0, slash + 1));
  }

  private boolean isTag() {
    return name.endsWith("/");
  }

  /** CloudFormation's own tags begin so, and SAM's are called so. */
  private static boolean isWrittenByAws(String tag) {
    return lowerCase(tag).matches("aws:.*|(lambda|httpapi):createdby");
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static ConditionKey one(String name, Supplier supplier, Type... types) {
    return new ConditionKey(name, false, supplier, Set.of(types));
  }

  private static ConditionKey many(String name, Supplier supplier, Type... types) {
    return new ConditionKey(name, true, supplier, Set.of(types));
  }
}
