package rediscover.local;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * What one application adds to the embedded run beside its template: services outside AWS, values
 * of its parameters, and what happens when everything runs. The run takes the class that {@code
 * META-INF/services/rediscover.local.AddOn} names. Without one, it plays the template alone.
 */
interface AddOn extends AutoCloseable {

  /** The application's add-on, or one that adds nothing. */
  static AddOn ofApplication() {
    return ServiceLoader.load(AddOn.class).findFirst().orElse(new AddOn() {});
  }

  /** Starts what is outside AWS, and says so. */
  default void start(Console console) {}

  /** Values of the template's parameters. */
  default Map<String, String> templateParameters(URI address) {
    return Map.of();
  }

  /**
   * The parameters in SSM, each a SecureString.
   *
   * @param templateParameters as the stack has them
   */
  default Map<String, String> ssmParameters(Map<String, String> templateParameters) {
    return Map.of();
  }

  /** Everything runs: says what to do now. */
  default void ready(Console console, EmbeddedRun.Started started)
      throws IOException, InterruptedException {
    console.print(
        """

        Ready in %.1f s. Ctrl-C stops everything.

          Permission map    %s/permissions.html

        With the aws command, in another terminal:

          export AWS_ENDPOINT_URL=%s AWS_DEFAULT_REGION=%s AWS_ACCESS_KEY_ID=developer AWS_SECRET_ACCESS_KEY=developer
        """,
        console.elapsed(), started.address(), started.address(), Stacks.REGION);
  }

  /** Stops what was started. */
  @Override
  default void close() {}
}
