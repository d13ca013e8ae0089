package rediscover.likes;

/**
 * How many connections to a service stay open between calls. Java keeps five unless told otherwise,
 * so that of more calls at a time most would open, and pay for, a TLS connection of their own.
 */
public final class IdleConnections {
  /**
   * Read once, at the first call: <a
   * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">
   * networking properties</a>.
   */
  private static final String PROPERTY = "http.maxConnections";

  private static final int DEFAULT = 5;

  private IdleConnections() {}

  /** Keeps at least this many for each service. To be called before the process's first call. */
  public static void keep(int connections) {
    if (Integer.getInteger(PROPERTY, DEFAULT) < connections) {
      System.setProperty(PROPERTY, Integer.toString(connections));
    }
  }
}
