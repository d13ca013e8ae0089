package rediscover.scenarios;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Where the application runs while the scenarios test it. A scenario calls AWS at one endpoint,
 * finds everything by the stack's outputs, and asks the API over HTTP.
 */
public interface Stage extends AutoCloseable {

  URI awsEndpoint();

  Region region();

  /** Builds a client of AWS there, with the credentials of a developer of the account. */
  default <C> C client(AwsClientBuilder<?, C> client) {
    client.endpointOverride(awsEndpoint());
    client.region(region());
    client.credentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("developer", "developer")));
    return client.build();
  }

  /**
   * An output of the stack.
   *
   * @param name as in template.yaml
   */
  String output(String name);

  /**
   * Asks the API.
   *
   * @param path with its query, such as {@code /u/somebody?after=…}
   */
  default HttpAnswer get(String path) {
    return get(path, Map.of());
  }

  /** Asks the API with these headers. */
  HttpAnswer get(String path, Map<String, String> headers);

  /** Sends the CORS preflight that the site's page would send for this header. */
  HttpAnswer preflight(String path, String header);

  /** The stub of X that the functions call. */
  XStub x();

  /** Whether the stack is there for tests: it asks the stub of X, and has nobody's likes. */
  default boolean isForTests() {
    return true;
  }

  /**
   * Lets a scenario go on only in a stack that is there for tests; in any other it counts as
   * skipped.
   *
   * @param what it does that a stack in use does not allow
   */
  default void requireTestStack(String what) {
    Assumptions.assumeTrue(isForTests(), () -> "not in a stack in use: it " + what);
  }

  /** Environment variables with which the {@code aws} command calls AWS there. */
  default Map<String, String> commandEnvironment() {
    return Map.of(
        "AWS_ENDPOINT_URL", awsEndpoint().toString(),
        "AWS_DEFAULT_REGION", region().id(),
        "AWS_ACCESS_KEY_ID", "developer",
        "AWS_SECRET_ACCESS_KEY", "developer",
        "AWS_CONFIG_FILE", "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  }

  /** The secrets of this stage. Closing it fails if one of them came out. */
  PlantedSecrets secrets();

  /** How long a message may take here, with all its retries. */
  Duration patience();

  /**
   * Lets the function's next invocation start a new execution environment.
   *
   * @param function as its handler is named, such as {@code RandomLike}
   */
  void renew(String function);

  @Override
  void close();
}
