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
 * A condition key that policies may use. Policies with other keys are refused: no request here
 * would have the key, so that a Deny with it would never apply.
 *
 * @param name if it ends with a slash, a tag's key follows
 * @param supplier where its values come from in the embedded run
 * @param types the types of its values, which determine the operators
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS
 *     global condition context keys</a>
 */
record ConditionKey(String name, boolean multivalued, Supplier supplier, Set<Type> types) {

  /** Where a key's values come from in the embedded run. */
  enum Supplier {
    /** {@link Request} takes it from the principal or the resource's account. */
    PRINCIPAL,
    /** {@code Permissions} takes it from the resource's tags in the template. */
    RESOURCE,
    /** The run adds it to every request. */
    EVERY_REQUEST,
    /** The run adds it if a service acts for a resource, as AWS does. */
    SERVICE,
    /** The run adds it to the actions that have it. */
    ACTION,
    /** On AWS, no request that the run can make has it. */
    NO_REQUEST,
    /** Only AWS knows it. A template that uses it is refused. */
    ONLY_AWS
  }

  /** The type of a key's values, with the families of operators that compare them. */
  enum Type {
    STRING("String"),
    /** String operators compare ARNs, too. */
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
              // No service of the run forwards a caller's credentials.
              one("aws:ViaAWSService", EVERY_REQUEST, BOOL),
              many("aws:CalledVia", NO_REQUEST, STRING),
              one("aws:CalledViaFirst", NO_REQUEST, STRING),
              one("aws:CalledViaLast", NO_REQUEST, STRING),
              one("aws:SourceIp", ACTION, ADDRESS),
              // The run refuses functions in a VPC, so no request uses a VPC endpoint.
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
              // Only users and federated sessions have these.
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
              // The run has no action that sets tags.
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
              // The run has no action that passes a role.
              one("iam:PassedToService", NO_REQUEST, STRING))
          .stream()
          .collect(Collectors.toUnmodifiableMap(key -> lowerCase(key.name), Function.identity()));

  /**
   * The key of that name. Its case does not matter.
   *
   * @throws PolicyException if it is not supported
   */
  static ConditionKey of(String name) {
    ConditionKey key = KNOWN.get(family(name));
    if (key == null || key.isTag() && !name.matches("[^/]+/[A-Za-z0-9_.:/=+@ -]+")) {
      throw new PolicyException("condition key " + name + " is not supported");
    }
    if (key.supplier == RESOURCE && isWrittenByAws(name.substring(key.name.length()))) {
      throw new PolicyException(
          "condition key " + name + " is not supported: CloudFormation writes this tag");
    }
    return key;
  }

  /** Whether {@link Request} sets its values itself. */
  static boolean isFilledIn(String name) {
    ConditionKey key = KNOWN.get(family(name));
    return key != null && key.supplier == PRINCIPAL;
  }

  /** Whether an operator, given without {@code IfExists}, compares values of this key. */
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

  /** Whether CloudFormation or SAM sets the tag. */
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
