package rediscover.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
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
      Ticker ticker) {
    this.spec = spec;
    this.source = source;
    this.refusal = refusal;
    this.function = function;
    this.cache =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(spec.remembered())
            .ticker(ticker)
            .build();
  }

  /**
   * Decides whether a request may pass.
   *
   * @param identity the value of its header, empty if it has none
   * @param event made only if the function has to be asked
   * @return the status of API Gateway's response if it may not
   */
  OptionalInt refuse(String identity, Event event) throws IOException, InterruptedException {
    if (identity.isBlank()) {
      return OptionalInt.of(401);
    }
    Boolean admits = cache.getIfPresent(identity);
    if (admits == null) {
      JsonNode answer = ask(event);
      if (!answer.isBoolean()) {
        return OptionalInt.of(500);
      }
      admits = answer.booleanValue();
      cache.put(identity, admits);
    }
    return admits ? OptionalInt.empty() : OptionalInt.of(403);
  }

  /** The function's answer; missing if it cannot be asked or fails. */
  private JsonNode ask(Event event) throws IOException, InterruptedException {
    return refusal.apply(spec.function(), source).isEmpty()
            && function.invoke(event.toJson()) instanceof Outcome.Answered(byte[] payload)
        ? JSON.readTree(payload).path("isAuthorized")
        : MissingNode.getInstance();
  }
}
