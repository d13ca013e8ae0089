package rediscover.randomlike;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.support.JsonText;

/**
 * Maps an {@link Answer} to an HTTP API response.
 *
 * <p>A like is {@code {"user","tweetId","url","text","cursor"}}, without {@code text} if the text
 * is unknown. Every other answer is a problem (<a href="https://www.rfc-editor.org/rfc/rfc9457">RFC
 * 9457</a>): {@code {"type","title","status","detail","requestId"}}. The detail is a sentence for
 * the visitor.
 */
final class ResponseMapper {

  /** Seconds that a client should wait if no service says how long. */
  private static final long SOON = 5;

  private final String requestId;

  /**
   * @param requestId the ID of the request in the log
   */
  ResponseMapper(String requestId) {
    this.requestId = requestId;
  }

  APIGatewayV2HTTPResponse toResponse(Answer answer) {
    return switch (answer) {
      case Answer.Found(UserName user, Like like, _) -> found(user, like);
      case Answer.BadRequest(String detail) -> problem(400, "Bad Request", detail);
      case Answer.NoLikes _ ->
          problem(
              404,
              "Not Found",
              "No likes are known for this name. Check the name, or import the likes first.");
      case Answer.RateLimited(Duration retryAfter) -> rateLimited(retryAfter);
      case Answer.XFailed _ ->
          problem(502, "Bad Gateway", "X returned an unexpected answer. Try again in a minute.");
      case Answer.NotSetUp _ ->
          problem(
              503,
              "Service Unavailable",
              "No likes are stored for this name, and the application cannot ask X for them yet."
                  + " Its log says what is missing.");
      case Answer.Unavailable _ ->
          retryAfter(
              SOON,
              problem(
                  503,
                  "Service Unavailable",
                  "The likes are not available right now. Try again in a few seconds."));
      case Answer.Unexpected _ ->
          problem(
              500,
              "Internal Server Error",
              "Something went wrong. Try again. If it happens again, look for this request ID in"
                  + " the log.");
    };
  }

  private static APIGatewayV2HTTPResponse found(UserName user, Like like) {
    String body =
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("user", user.value());
              json.writeStringField("tweetId", like.tweetId());
              json.writeStringField("url", like.link());
              if (like.text().isPresent()) {
                json.writeStringField("text", like.text().get());
              }
              json.writeStringField("cursor", Position.of(like).value());
              json.writeEndObject();
            });
    return response(200, "application/json", body);
  }

  private APIGatewayV2HTTPResponse rateLimited(Duration retryAfter) {
    long seconds = retryAfter.plusMillis(999).toSeconds();
    long minutes = (seconds + 59) / 60;
    return retryAfter(
        seconds,
        problem(
            429,
            "Too Many Requests",
            "X allows no more requests for now. Try again in %d minute%s."
                .formatted(minutes, minutes == 1 ? "" : "s")));
  }

  private static APIGatewayV2HTTPResponse retryAfter(
      long seconds, APIGatewayV2HTTPResponse response) {
    response.getHeaders().put("Retry-After", Long.toString(seconds));
    return response;
  }

  private APIGatewayV2HTTPResponse problem(int status, String title, String detail) {
    String body =
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("type", "about:blank");
              json.writeStringField("title", title);
              json.writeNumberField("status", status);
              json.writeStringField("detail", detail);
              json.writeStringField("requestId", requestId);
              json.writeEndObject();
            });
    return response(status, "application/problem+json", body);
  }

  private static APIGatewayV2HTTPResponse response(int status, String contentType, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-store");
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .build();
  }
}
