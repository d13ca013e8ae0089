package rediscover.local.aws;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rediscover.local.application.Application;
import rediscover.local.application.FunctionSpec;
import rediscover.local.application.SessionKey;
import rediscover.local.http.Exchange;
import rediscover.local.iam.AccessControl;

/**
 * The one endpoint of all AWS services. It finds the caller and the service of a request and
 * evaluates the caller's policies. Then it passes the request on, or denies it in the service's own
 * words.
 *
 * <p>A function's session keys identify that function. The developer's key identifies the
 * developer, who may do everything. Other keys are refused, as AWS refuses unknown keys. Signatures
 * are not verified: they protect nothing here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html">
 *     the Authorization header of Signature Version 4</a>
 */
public final class Gateway {

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

  private final Application application;
  private final AccessControl access;
  private final Map<String, AwsService> services;
  private final Faults faults;
  private final Map<String, FunctionSpec> functionsByKey;

  /**
   * @param services by the name that requests are signed for, such as {@code sqs}
   */
  public Gateway(
      Application application,
      AccessControl access,
      Map<String, AwsService> services,
      Faults faults) {
    this.application = application;
    this.access = access;
    this.services = Map.copyOf(services);
    this.faults = faults;
    this.functionsByKey =
        application.functions().stream()
            .collect(Collectors.toMap(spec -> spec.session().accessKeyId(), spec -> spec));
  }

  /** Whether the request is one for AWS rather than for the site or its API. */
  public static boolean isSigned(Exchange exchange) {
    return credential(exchange).isPresent();
  }

  /** Answers a signed request. */
  public void handle(Exchange exchange) throws IOException {
    Matcher credential = credential(exchange).orElseThrow();
    String name = credential.group(3);
    AwsService service = services.get(name);
    if (service == null) {
      Errors.json(exchange, 400, "UnknownService", "message", "The embedded run has no " + name);
      return;
    }
    String key = credential.group(1);
    if (key.equals(SessionKey.DEVELOPER.accessKeyId())) {
      service.handle(exchange);
      return;
    }
    FunctionSpec function = functionsByKey.get(key);
    if (function == null) {
      Denial.ofUnknownKey(name, exchange);
      return;
    }
    String region = credential.group(2);
    AwsCall call = AwsCall.read(name, region, application.accountId(), exchange);
    if (call.accesses().isEmpty()) {
      Denial.ofUnknownOperation(name, exchange, call.operation());
      return;
    }
    Optional<String> refusal = refuse(function, region, call, service);
    if (refusal.isPresent()) {
      Denial.send(name, exchange, refusal.get());
    } else {
      faults.pass(function, name, service, exchange);
    }
  }

  private Optional<String> refuse(
      FunctionSpec function, String region, AwsCall call, AwsService service) {
    Map<String, List<String>> context = new HashMap<>(call.context());
    context.put("aws:RequestedRegion", List.of(region));
    for (Operations.Access one : call.accesses().orElseThrow()) {
      Optional<String> refusal =
          access.refuseCall(function.arn(), one.action(), one.resource(), context);
      if (refusal.isPresent()) {
        return refusal;
      }
      // Who may not list a bucket is not told either that an object is missing from it:
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      if (one.action().equals("s3:GetObject") && service.lacks(one.resource())) {
        String bucket = one.resource().replaceFirst("/.*", "");
        return access.refuseCall(function.arn(), "s3:ListBucket", bucket, context);
      }
    }
    return Optional.empty();
  }

  private static Optional<Matcher> credential(Exchange exchange) {
    String authorization = exchange.headers().get("Authorization");
    if (authorization == null) {
      return Optional.empty();
    }
    Matcher matcher = CREDENTIAL.matcher(authorization);
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }
}
