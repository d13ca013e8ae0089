package rediscover.randomlike;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;

/**
 * Says an answer in HTTP.
 *
 * <p>A like is {@code {"user","tweetId","url","text","cursor"}}, without {@code text} where that is
 * not known. Everything else is a problem as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC
 * 9457</a> has it: {@code {"type","title","status","detail","requestId"}}, where the detail is a
 * sentence to show to the visitor.
 */
final class HttpAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  /** Seconds until another try makes sense where no service says when. */
  private static final long SOON = 5;

  private final String requestId;

  /**
   * @param requestId under which the log knows the request
   */
  HttpAnswer(String requestId) {
    this.requestId = requestId;
  }

  APIGatewayV2HTTPResponse to(Answer answer) {
    return switch (answer) {
      case Answer.Found(UserName user, Like like, _) -> found(user, like);
      case Answer.BadRequest(String detail) -> problem(400, "Bad Request", detail);
      case Answer.NobodyKnown _ ->
          problem(
              404,
              "Not Found",
              "Nobody's likes are known under this name. Check it, or import the likes first.");
      case Answer.RateLimited(Duration retryAfter) -> rateLimited(retryAfter);
      case Answer.XFailed _ ->
          problem(502, "Bad Gateway", "X did not answer as it should. Try again in a minute.");
      case Answer.NotSetUp _ ->
          problem(
              503,
              "Service Unavailable",
              "No likes are stored under this name, and this application is not set up to ask X"
                  + " for them: its log says what is missing.");
      case Answer.Unavailable _ ->
          retryAfter(
              SOON,
              problem(
                  503,
                  "Service Unavailable",
                  "The likes cannot be reached right now. Try again in a few seconds."));
      case Answer.Broken _ ->
          problem(
              500,
              "Internal Server Error",
              "Something broke here. Try again; if it stays, the log knows more under this"
                  + " request's id.");
    };
  }

  private static APIGatewayV2HTTPResponse found(UserName user, Like like) {
    String body =
        json(
            out -> {
              out.writeStringField("user", user.value());
              out.writeStringField("tweetId", like.tweetId());
              out.writeStringField("url", like.link());
              if (like.text().isPresent()) {
                out.writeStringField("text", like.text().get());
              }
              out.writeStringField("cursor", Position.of(like).value());
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
        json(
            out -> {
              out.writeStringField("type", "about:blank");
              out.writeStringField("title", title);
              out.writeNumberField("status", status);
              out.writeStringField("detail", detail);
              out.writeStringField("requestId", requestId);
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

  private static String json(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      members.writeTo(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string in memory cannot be written", e);
    }
    return text.toString();
  }

  /** What is between the braces of a JSON object. */
  private interface Members {
    void writeTo(JsonGenerator out) throws IOException;
  }
}
