package rediscover.keychecker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rediscover.support.LogLine;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.NotSetUpException;
import rediscover.support.aws.ServiceClients;
import rediscover.support.aws.SsmParameter;
import rediscover.support.rehearsal.Rehearsal;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Authorizes requests to the API that carry the key as {@code Authorization: Bearer KEY}. API
 * Gateway answers 403 for an unauthorized request and caches both answers. It answers 401 for a
 * request without that header and does not invoke this function.
 */
public final class KeyCheckerHandler
    implements RequestHandler<APIGatewayV2CustomAuthorizerEvent, SimpleIAMPolicyResponse> {

  private static final String PARAMETER_VARIABLE = "ACCESS_KEY_PARAM";

  /** As <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750</a> writes it. */
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*) *");

  /**
   * A replaced key works for five more minutes at most, or for an hour while Systems Manager does
   * not answer. A new key works at once. Wrong keys cause at most one read in five seconds.
   */
  static final SsmParameter.Pace PACE =
      new SsmParameter.Pace(Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofHours(1));

  static final Rehearsal<APIGatewayV2CustomAuthorizerEvent, SimpleIAMPolicyResponse> REHEARSAL =
      new Rehearsal<>(
          KeyCheckerHandler::new,
          new KeyCheckerSerializer(),
          """
          {"identitySource": ["Bearer none"]}
          """,
          getParameter ->
              """
              {"Parameter": {"Value": "a-key-for-the-rehearsal-that-opens-nothing"}}
              """);

  private final SsmParameter<AccessKey> key;

  /**
   * Takes the parameter's name from the environment variable {@code ACCESS_KEY_PARAM}.
   *
   * @throws IllegalStateException if it is missing; it names the variable
   */
  public KeyCheckerHandler() {
    ServiceClients clients = ServiceClients.ofProcess().connectAhead("ssm", 1);
    this(clients);
    Rehearsal.play(clients, List.of(REHEARSAL));
  }

  private KeyCheckerHandler(ServiceClients clients) {
    this(keyOf(clients));
  }

  KeyCheckerHandler(SsmParameter<AccessKey> key) {
    this.key = key;
  }

  private static SsmParameter<AccessKey> keyOf(ServiceClients clients) {
    String name = clients.environment().required(PARAMETER_VARIABLE);
    return new SsmParameter<>(
        clients.build("ssm", SsmClient::builder),
        name,
        AccessKey::parse,
        PACE,
        InstantSource.system());
  }

  /**
   * @throws NotSetUpException if no key is set. API Gateway then answers 500 and, unlike a
   *     rejection, does not cache it
   * @throws SdkException if Systems Manager does not answer and the cached key does not fit, with
   *     the same effect: the presented one may be new
   */
  @Override
  public SimpleIAMPolicyResponse handleRequest(
      APIGatewayV2CustomAuthorizerEvent event, Context context) {
    Deadline deadline = Deadline.of(context);
    boolean authorized =
        presentedKey(event).filter(presented -> isTheKey(presented, deadline)).isPresent();
    if (!authorized) {
      LogLine.info("wrong key").with("requestId", requestId(event, context)).log(context);
    }
    return SimpleIAMPolicyResponse.builder().withIsAuthorized(authorized).build();
  }

  private boolean isTheKey(String presented, Deadline deadline) {
    return key.value(held -> held.matches(presented), deadline).matches(presented);
  }

  private static Optional<String> presentedKey(APIGatewayV2CustomAuthorizerEvent event) {
    // API Gateway caches the answer under this value.
    return Optional.ofNullable(event.getIdentitySource()).orElse(List.of()).stream()
        .findFirst()
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(bearer -> bearer.group(1));
  }

  /** The ID that is also in the API's access log. */
  private static String requestId(APIGatewayV2CustomAuthorizerEvent event, Context context) {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2CustomAuthorizerEvent.RequestContext::getRequestId)
        .orElseGet(context::getAwsRequestId);
  }
}
