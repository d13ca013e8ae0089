package rediscover.randomlike;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import rediscover.likes.Environment;
import rediscover.likes.aws.ServiceClients;
import rediscover.likes.lambda.LogLine;
import rediscover.likes.queue.LikesQueue;
import rediscover.likes.table.LikesTable;
import rediscover.randomlike.x.XApi;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Answers {@code GET /u/{name}?after={cursor}} with one of the likes of that user. */
public final class RandomLikeHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final String PARAMETER_VARIABLE = "TWITTER_AUTH_PARAM";
  private static final String X_VERSION_VARIABLE = "X_API_VERSION";
  private static final String X_URL_VARIABLE = "X_API_URL";

  private final LikeFinder finder;

  /**
   * Takes everything from the environment variables {@code LIKES_TABLE}, {@code LIKES_QUEUE_URL},
   * {@code TWITTER_AUTH_PARAM}, {@code X_API_VERSION} and {@code X_API_URL}.
   *
   * @throws IllegalStateException if a variable is missing; it names the variable
   */
  public RandomLikeHandler() {
    this(finder(Environment.ofProcess()));
  }

  RandomLikeHandler(LikeFinder finder) {
    this.finder = finder;
  }

  static LikeFinder finder(Environment environment) {
    // What is missing shows at once, not when the first visitor without stored likes comes.
    List.of(LikesQueue.QUEUE_URL_VARIABLE, PARAMETER_VARIABLE, X_VERSION_VARIABLE, X_URL_VARIABLE)
        .forEach(environment::required);
    return new LikeFinder(LikesTable.fromEnvironment(environment), () -> liveLikes(environment));
  }

  private static LiveLikes liveLikes(Environment environment) {
    SsmClient ssm = new ServiceClients(environment).build("ssm", SsmClient::builder);
    return new LiveLikes(
        XApi.ofVersion(
            environment.required(X_VERSION_VARIABLE), environment.required(X_URL_VARIABLE)),
        new CredentialsSource(ssm, environment.required(PARAMETER_VARIABLE)),
        LikesQueue.fromEnvironment(environment),
        new SecureRandom());
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    String requestId = requestId(event, context);
    Answer answer;
    try {
      answer = answer(event);
    } catch (RuntimeException e) {
      answer = new Answer.Broken(e);
    }
    APIGatewayV2HTTPResponse response = new HttpAnswer(requestId).to(answer);
    line(answer).with("requestId", requestId).with("status", response.getStatusCode()).log(context);
    return response;
  }

  /** The id that the API's access log and the visitor's browser know as well. */
  private static String requestId(APIGatewayV2HTTPEvent event, Context context) {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2HTTPEvent.RequestContext::getRequestId)
        .orElseGet(context::getAwsRequestId);
  }

  private Answer answer(APIGatewayV2HTTPEvent event) {
    LikeRequest request;
    try {
      request = LikeRequest.of(event);
    } catch (IllegalArgumentException e) {
      return new Answer.BadRequest(e.getMessage());
    }
    return finder.find(request);
  }

  /** What the alarms and the dashboard of template.yaml count by. */
  private static LogLine line(Answer answer) {
    return switch (answer) {
      case Answer.Found(_, _, int likesFromX) ->
          LogLine.info("found").with("likesFromX", likesFromX);
      case Answer.BadRequest _ -> LogLine.info("bad request");
      case Answer.NobodyKnown _ -> LogLine.info("nobody known");
      case Answer.RateLimited(var retryAfter) ->
          LogLine.warn("limited by X").with("retryAfter", retryAfter.toSeconds());
      case Answer.XFailed(var reason) -> LogLine.warn("X failed").with("reason", reason);
      case Answer.NotSetUp(var reason) -> LogLine.error("not set up").with("reason", reason);
      case Answer.Broken(var cause) -> LogLine.error("broken").with("reason", stackTrace(cause));
    };
  }

  private static String stackTrace(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
