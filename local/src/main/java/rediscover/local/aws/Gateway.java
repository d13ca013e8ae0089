package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one endpoint of all AWS services: finds the service that a request is signed for and hands it
 * over. Signatures themselves are not verified: there is nothing here that they protect.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html">
 *     the Authorization header of Signature Version 4</a>
 */
public final class Gateway {

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

  private final Map<String, AwsService> services;

  /**
   * @param services by the name that requests are signed for, such as {@code sqs}
   */
  public Gateway(Map<String, AwsService> services) {
    this.services = Map.copyOf(services);
  }

  /** Whether the request is one for AWS rather than for the site or its API. */
  public static boolean isSigned(HttpExchange exchange) {
    return credential(exchange).isPresent();
  }

  /** Answers a signed request. */
  public void handle(HttpExchange exchange) throws IOException {
    String name = credential(exchange).map(found -> found.group(3)).orElseThrow();
    AwsService service = services.get(name);
    if (service == null) {
      Answers.json(
          exchange,
          400,
          Map.of("__type", "UnknownService", "message", "The embedded run has no " + name));
    } else {
      service.handle(exchange);
    }
  }

  private static Optional<Matcher> credential(HttpExchange exchange) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      return Optional.empty();
    }
    Matcher matcher = CREDENTIAL.matcher(authorization);
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }
}
