package rediscover.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import rediscover.local.iam.Source;
import rediscover.local.lambda.Invocable;
import rediscover.local.lambda.Outcome;
import rediscover.permissions.ApiAuthorizer;

/**
 * API Gateway's side of a Lambda authorizer with simple responses: asks the function who may use a
 * route, and caches the result. It ignores the context in a response, which no function here sets.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">
 *     Lambda authorizers of HTTP APIs</a>
 */
final class Authorizer {

  /** Makes the event for the function. */
  @FunctionalInterface
  interface Event {
    byte[] toJson() throws IOException;
  }

  /** Whether a request may pass, and API Gateway's response if not. */
  enum Verdict {
    ADMITTED(0, ""),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    FAILED(500, "Internal Server Error");

    private final int status;
    private final String message;

    Verdict(int status, String message) {
      this.status = status;
      this.message = message;
    }

    int status() {
      return status;
    }

    String message() {
      return message;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /** More values than visitors have. Somebody who tries keys must not fill the memory. */
  private static final int MOST_CACHED = 1000;

  private final ApiAuthorizer spec;
  private final Source source;
  private final BiFunction<String, Source, Optional<String>> refusal;
  private final Invocable function;
  private final Cache<String, Boolean> cache;

  /**
   * @param source what API Gateway invokes the function for
   * @param refusal explains why the function may not be invoked for it; empty if it may
   */
  Authorizer(
      ApiAuthorizer spec,
      Source source,
      BiFunction<String, Source, Optional<String>> refusal,
      Invocable function,
      LongSupplier nanos) {
    this.spec = spec;
    this.source = source;
    this.refusal = refusal;
    this.function = function;
    this.cache =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(spec.remembered())
            .ticker(
                new Ticker() {
                  @Override
                  public long read() {
                    return nanos.getAsLong();
                  }
                })
            .build();
  }

  /**
   * Judges a request.
   *
   * @param identity the value of its header, empty if it has none
   * @param event made only if the function has to be asked
   */
  Verdict judge(String identity, Event event) throws IOException, InterruptedException {
    if (identity.isBlank()) {
      return Verdict.UNAUTHORIZED;
    }
    Boolean cached = cache.getIfPresent(identity);
    if (cached != null) {
      return verdict(cached);
    }
    if (refusal.apply(spec.function(), source).isPresent()) {
      return Verdict.FAILED;
    }
    if (!(function.invoke(event.toJson()) instanceof Outcome.Answered(byte[] payload))) {
      return Verdict.FAILED;
    }
    JsonNode admits = JSON.readTree(payload).path("isAuthorized");
    if (!admits.isBoolean()) {
      return Verdict.FAILED;
    }
    cache.put(identity, admits.booleanValue());
    return verdict(admits.booleanValue());
  }

  private static Verdict verdict(boolean admits) {
    return admits ? Verdict.ADMITTED : Verdict.FORBIDDEN;
  }
}
