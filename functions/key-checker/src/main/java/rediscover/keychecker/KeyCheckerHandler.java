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
import rediscover.likes.aws.Deadline;
import rediscover.likes.aws.NotSetUpException;
import rediscover.likes.aws.Rehearsal;
import rediscover.likes.aws.ServiceClients;
import rediscover.likes.aws.SsmParameter;
import rediscover.likes.lambda.LogLine;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Decides for the API whether a request may go on: it may if it brings the key, as {@code
 * Authorization: Bearer KEY}. API Gateway turns a no into 403, keeps either answer for a while, and
 * does not even ask about a request without that header, which gets 401.
 */
public final class KeyCheckerHandler
    implements RequestHandler<APIGatewayV2CustomAuthorizerEvent, SimpleIAMPolicyResponse> {

  private static final String PARAMETER_VARIABLE = "ACCESS_KEY_PARAM";

  /** As <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750</a> writes it. */
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*) *");

  /**
   * A key that was replaced opens for five minutes more at most, or for an hour while Systems
   * Manager does not answer; a new one opens at once. Wrong keys cannot make it read all the time.
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
              {"Parameter": {"Value": "rehearsed-with-what-opens-nothing"}}
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
   * @throws NotSetUpException if there is no key to compare with: API Gateway then answers 500 and,
   *     unlike a no, does not remember it
   * @throws SdkException if Systems Manager does not answer and no key is held, with the same
   *     effect
   */
  @Override
  public SimpleIAMPolicyResponse handleRequest(
      APIGatewayV2CustomAuthorizerEvent event, Context context) {
    Deadline deadline = Deadline.of(context);
    boolean authorized =
        presentedKey(event).filter(presented -> isTheKey(presented, deadline)).isPresent();
    if (!authorized) {
      LogLine.warn("not with the key").with("requestId", requestId(event, context)).log(context);
    }
    return SimpleIAMPolicyResponse.builder().withIsAuthorized(authorized).build();
  }

  private boolean isTheKey(String presented, Deadline deadline) {
    return key.value(held -> held.is(presented), deadline).is(presented);
  }

  private static Optional<String> presentedKey(APIGatewayV2CustomAuthorizerEvent event) {
    // The very value that the answer is remembered for.
    return Optional.ofNullable(event.getIdentitySource()).orElse(List.of()).stream()
        .findFirst()
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(bearer -> bearer.group(1));
  }

  /** The id that the API's access log knows as well. */
  private static String requestId(APIGatewayV2CustomAuthorizerEvent event, Context context) {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2CustomAuthorizerEvent.RequestContext::getRequestId)
        .orElseGet(context::getAwsRequestId);
  }
}
