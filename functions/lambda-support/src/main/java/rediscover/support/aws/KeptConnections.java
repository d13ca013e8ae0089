package rediscover.support.aws;

/**
 * Configures how many idle connections to a service Java keeps, and for how long. Both are <a
 * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">
 * networking properties</a>. Java reads them at the first call of the process.
 */
final class KeptConnections {
  /**
   * By default Java closes a connection after five idle seconds, and a visitor reads for longer.
   * DynamoDB closes it after a minute (<a href="https://github.com/aws/aws-sdk-java/issues/1365">as
   * observed</a>; AWS does not document it). If a service closed it earlier, Java repeats the
   * request on a new connection.
   */
  private static final int SECONDS = 55;

  private KeptConnections() {}

  static void configure() {
    System.setProperty("http.keepAlive.time.server", Integer.toString(SECONDS));
    // The default is five: most calls of a larger batch would open a new connection each time.
    System.setProperty("http.maxConnections", Integer.toString(BufferedHttpClient.CONNECTIONS));
  }
}
