package rediscover.scenarios;

import java.net.URI;
import software.amazon.awssdk.regions.Region;

/**
 * Where the application runs while a scenario is played. A scenario knows nothing else of it: it
 * speaks to AWS at one endpoint, finds everything by the stack's outputs, and asks the API over
 * HTTP.
 */
public interface Stage extends AutoCloseable {

  URI awsEndpoint();

  Region region();

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
  HttpAnswer get(String path);

  /** The stand-in for X that the functions call. */
  StandInX x();

  @Override
  void close();
}
