package rediscover.local.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import rediscover.local.iam.Source;
import rediscover.local.lambda.Invocable;
import rediscover.local.lambda.Outcome;
import rediscover.permissions.ApiAuthorizer;

/**
 * API Gateway's side of a Lambda authorizer with simple responses: it asks the function who may use
 * a route and remembers what it said. A context in the response, which here no function gives, goes
 * nowhere.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">
 *     Lambda authorizers of HTTP APIs</a>
 */
final class Authorizer {

  /** What becomes of a request, and how API Gateway says it. */
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

  private record Answer(boolean admits, long untilNanos) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** More values than any visitor has; who tries that many keys must not fill the memory. */
  private static final int MOST_REMEMBERED = 1000;

  private final ApiAuthorizer spec;
  private final Source source;
  private final BiFunction<String, Source, Optional<String>> refusal;
  private final Invocable function;
  private final LongSupplier nanos;
  private final Map<String, Answer> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param source what API Gateway invokes the function for
   * @param refusal says why the function may not be invoked for it; empty if it may
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
    this.nanos = nanos;
  }

  /** The header that it judges by. */
  String header() {
    return spec.header();
  }

  /**
   * Judges a request.
   *
   * @param identity the value of its header, empty if it has none
   * @param event made only if the function is asked
   */
  Verdict judge(String identity, Supplier<byte[]> event) throws IOException, InterruptedException {
    if (identity.isBlank()) {
      return Verdict.UNAUTHORIZED;
    }
    Optional<Boolean> before = recall(identity);
    if (before.isPresent()) {
      return verdict(before.get());
    }
    if (refusal.apply(spec.function(), source).isPresent()) {
      return Verdict.FAILED;
    }
    if (!(function.invoke(event.get()) instanceof Outcome.Answered(byte[] payload))) {
      return Verdict.FAILED;
    }
    JsonNode admits = JSON.readTree(payload).path("isAuthorized");
    if (!admits.isBoolean()) {
      return Verdict.FAILED;
    }
    remember(identity, admits.booleanValue());
    return verdict(admits.booleanValue());
  }

  private static Verdict verdict(boolean admits) {
    return admits ? Verdict.ADMITTED : Verdict.FORBIDDEN;
  }

  private Optional<Boolean> recall(String identity) {
    synchronized (remembered) {
      return Optional.ofNullable(remembered.get(identity))
          .filter(answer -> nanos.getAsLong() - answer.untilNanos() < 0)
          .map(Answer::admits);
    }
  }

  private void remember(String identity, boolean admits) {
    if (spec.remembered().isZero()) {
      return;
    }
    synchronized (remembered) {
      remembered.remove(identity);
      remembered.put(identity, new Answer(admits, nanos.getAsLong() + spec.remembered().toNanos()));
    }
  }
}
