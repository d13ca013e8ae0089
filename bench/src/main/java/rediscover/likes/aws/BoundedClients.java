package rediscover.likes.aws;

import rediscover.likes.Environment;

/** Opens up what the benchmark varies and the application does not. */
public final class BoundedClients {
  /** The bound that the application has. */
  public static final int CHOSEN = BufferedHttpClient.CONNECTIONS;

  private BoundedClients() {}

  /** Clients that send at most {@code bound} requests at a time. */
  public static ServiceClients of(Environment environment, int bound) {
    return new ServiceClients(environment, new BufferedHttpClient(bound));
  }
}
