package rediscover.likes.aws;

/**
 * How many connections to a service Java keeps open between calls, and for how long. Both are <a
 * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">
 * networking properties</a>, which Java reads at the first call of the process.
 */
final class KeptConnections {
  private KeptConnections() {}

  static void configure() {
    // Java keeps five, so that of more calls at once most would pay for a TLS connection each time.
    System.setProperty("http.maxConnections", Integer.toString(BufferedHttpClient.CONNECTIONS));
  }
}
