package rediscover.likes.aws;

/**
 * How many connections to a service Java keeps open between calls, and for how long. Both are <a
 * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">
 * networking properties</a>, which Java reads at the first call of the process.
 */
final class KeptConnections {
  /**
   * Java closes a connection after five seconds without a call, and a visitor reads for longer.
   * DynamoDB closes it after a minute (<a href="https://github.com/aws/aws-sdk-java/issues/1365">as
   * observed</a>; AWS does not say). Where a service was sooner, Java sends the request again on a
   * new connection.
   */
  private static final int SECONDS = 55;

  private KeptConnections() {}

  static void configure() {
    System.setProperty("http.keepAlive.time.server", Integer.toString(SECONDS));
    // Java keeps five, so that of more calls at once most would open one of their own each time.
    System.setProperty("http.maxConnections", Integer.toString(BufferedHttpClient.CONNECTIONS));
  }
}
