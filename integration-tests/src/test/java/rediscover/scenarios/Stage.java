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
 * Where the application runs while a scenario is played. A scenario knows nothing else of it: it
 * speaks to AWS at one endpoint, finds everything by the stack's outputs, and asks the API over
 * HTTP.
 */
public interface Stage extends AutoCloseable {

  URI awsEndpoint();

  Region region();

  /** Builds a client that speaks to AWS there, as a developer of the account. */
  default <C> C client(AwsClientBuilder<?, C> client) {
    client.endpointOverride(awsEndpoint());
    client.region(region());
    client.credentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("developer", "developer")));
    return client.build();
  }

  /**
   * What the stack says of itself.
   *
   * @param name an output of template.yaml
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

  /** Asks the API, as the site's page, whether it may ask with this header. */
  HttpAnswer preflight(String path, String header);

  /** The stand-in for X that the functions call. */
  StandInX x();

  /**
   * Whether the stack is there for tests: it asks the stand-in for X, and nobody's likes are in it.
   */
  default boolean isForTests() {
    return true;
  }

  /**
   * Lets a scenario go on only in a stack that is there for tests; in any other it counts as
   * skipped.
   *
   * @param what it does that nobody wants done to a stack in use
   */
  default void requireTestStack(String what) {
    Assumptions.assumeTrue(isForTests(), () -> "not in a stack in use: it " + what);
  }

  /** What the {@code aws} command has to find in its environment to speak to AWS there. */
  default Map<String, String> commandEnvironment() {
    return Map.of(
        "AWS_ENDPOINT_URL", awsEndpoint().toString(),
        "AWS_DEFAULT_REGION", region().id(),
        "AWS_ACCESS_KEY_ID", "developer",
        "AWS_SECRET_ACCESS_KEY", "developer",
        "AWS_CONFIG_FILE", "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  }

  /** What this stage keeps to itself; whoever closes it learns by an error if any came out. */
  PlantedSecrets secrets();

  /** How long what happens behind a queue or a topic may take here, with all its retries. */
  Duration patience();

  /**
   * Sees to it that a function's next event finds a new execution environment.
   *
   * @param function as its handler is named, such as {@code RandomLike}
   */
  void renew(String function);

  @Override
  void close();
}
