package rediscover.randomlike;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import rediscover.likes.Like;
import rediscover.likes.queue.LikesQueue;
import rediscover.likes.table.LikesTable;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XApi;
import rediscover.randomlike.x.XCredentials;
import rediscover.support.Environment;
import rediscover.support.LogLine;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import rediscover.support.aws.SsmParameter;
import rediscover.support.rehearsal.Rehearsal;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Answers {@code GET /u/{name}?after={cursor}} with one of the likes of that user. */
public final class RandomLikeHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final String PARAMETER_VARIABLE = "TWITTER_AUTH_PARAM";
  private static final String X_VERSION_VARIABLE = "X_API_VERSION";
  private static final String X_URL_VARIABLE = "X_API_URL";

  /** Reads X's credentials once, and again when X refuses them or the parameter is missing. */
  static final SsmParameter.Pace PACE =
      new SsmParameter.Pace(Duration.ofDays(365), Duration.ZERO, Duration.ZERO);

  /**
   * A user with a stored like and a user without one. It leaves Twitter4J out: Twitter4J draws a
   * seed when it loads its signing, and all copies of a SnapStart snapshot would share that seed.
   */
  static final List<Rehearsal<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>> REHEARSALS =
      List.of(
          rehearsal("{\"Items\": [{\"tweetId\": {\"S\": \"1\"}}]}"), rehearsal("{\"Items\": []}"));

  private final LikeFinder finder;

  /**
   * Takes everything from the environment variables {@code LIKES_TABLE}, {@code LIKES_QUEUE_URL},
   * {@code TWITTER_AUTH_PARAM}, {@code X_API_VERSION} and {@code X_API_URL}.
   *
   * @throws IllegalStateException if a variable is missing; it names the variable
   */
  public RandomLikeHandler() {
    ServiceClients clients = ServiceClients.ofProcess().connectAhead("dynamodb", 1);
    this(likeFinder(clients, () -> xApi(clients.environment())));
    Rehearsal.play(clients, REHEARSALS);
  }

  RandomLikeHandler(LikeFinder finder) {
    this.finder = finder;
  }

  static LikeFinder likeFinder(ServiceClients clients, Supplier<XApi> x) {
    // Fail now if a variable is missing, not when the first visitor without stored likes comes.
    List.of(LikesQueue.QUEUE_URL_VARIABLE, PARAMETER_VARIABLE, X_VERSION_VARIABLE, X_URL_VARIABLE)
        .forEach(clients.environment()::required);
    return new LikeFinder(LikesTable.fromEnvironment(clients), () -> liveLikes(clients, x.get()));
  }

  static XApi xApi(Environment environment) {
    return XApi.ofVersion(
        environment.required(X_VERSION_VARIABLE), environment.required(X_URL_VARIABLE));
  }

  private static LiveLikes liveLikes(ServiceClients clients, XApi x) {
    return new LiveLikes(
        x,
        new SsmParameter<>(
            clients.build("ssm", SsmClient::builder),
            clients.environment().required(PARAMETER_VARIABLE),
            XCredentials::parse,
            PACE,
            InstantSource.system()),
        LikesQueue.fromEnvironment(clients),
        new SecureRandom());
  }

  private static Rehearsal<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> rehearsal(
      String stored) {
    XApi x = (user, credentials) -> new LikedPage.Likes(List.of(Like.of("1")));
    return new Rehearsal<>(
        clients -> new RandomLikeHandler(likeFinder(clients, () -> x)),
        new RandomLikeSerializer(),
        """
        {"pathParameters": {"name": "a"}}
        """,
        operation ->
            switch (operation) {
              case "Query" -> stored;
              case "GetParameter" -> "{\"Parameter\": {\"Value\": \"a,b,c,d\"}}";
              default -> LikesQueue.REHEARSED_ANSWER;
            });
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    String requestId = requestId(event, context);
    Answer answer;
    try {
      answer = answer(event, Deadline.of(context));
    } catch (SdkException e) {
      answer = isTransient(e) ? new Answer.Unavailable(e) : new Answer.Unexpected(e);
    } catch (RuntimeException e) {
      answer = new Answer.Unexpected(e);
    }
    APIGatewayV2HTTPResponse response = new ResponseMapper(requestId).toResponse(answer);
    line(answer).with("requestId", requestId).with("status", response.getStatusCode()).log(context);
    return response;
  }

  /** The ID that is also in the API's access log and in the visitor's browser. */
  private static String requestId(APIGatewayV2HTTPEvent event, Context context) {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2HTTPEvent.RequestContext::getRequestId)
        .orElseGet(context::getAwsRequestId);
  }

  private Answer answer(APIGatewayV2HTTPEvent event, Deadline deadline) {
    LikeRequest request;
    try {
      request =
          LikeRequest.of(
              parameter(event.getPathParameters(), "name").orElse(""),
              parameter(event.getQueryStringParameters(), "after"));
    } catch (IllegalArgumentException e) {
      return new Answer.BadRequest(e.getMessage());
    }
    return finder.find(request, deadline);
  }

  /** API Gateway leaves out the map if a request has no such parameters. */
  private static Optional<String> parameter(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters).map(all -> all.get(name));
  }

  /** Whether a retry may succeed, for example after throttling or a timeout. */
  private static boolean isTransient(SdkException e) {
    return !(e instanceof SdkServiceException answer)
        || answer.isThrottlingException()
        || answer.statusCode() >= 500;
  }

  /** The alarms and the dashboard count these fields. */
  private static LogLine line(Answer answer) {
    return switch (answer) {
      case Answer.Found(_, _, int likesFromX) ->
          LogLine.info("found").with("likesFromX", likesFromX);
      case Answer.BadRequest _ -> LogLine.info("bad request");
      case Answer.NoLikes _ -> LogLine.info("no likes");
      case Answer.RateLimited(var retryAfter) ->
          LogLine.warn("rate limited by X").with("retryAfter", retryAfter.toSeconds());
      case Answer.XFailed(var reason) -> LogLine.warn("X failed").with("reason", reason);
      case Answer.NotSetUp(var reason) -> LogLine.error("not set up").with("reason", reason);
      case Answer.Unavailable(var cause) ->
          LogLine.error("unavailable").with("reason", cause.toString());
      case Answer.Unexpected(var cause) ->
          LogLine.error("unexpected failure").with("reason", cause);
    };
  }
}
