package rediscover.local.dynamodb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local on the loopback interface, with its data in a file below the folder named by the
 * only argument, or in memory without one. Its own command line listens on every interface and has
 * no option against it.
 *
 * <p>Prints {@code port N} once it answers, and ends when its standard input does: whoever started
 * it is gone then, however it went.
 */
public final class DynamoDbLocal {

  private DynamoDbLocal() {}

  public static void main(String[] arguments) throws Exception {
    boolean inMemory = arguments.length == 0;
    String data = inMemory ? null : arguments[0];
    var requests = new LocalDynamoDBRequestHandler(0, inMemory, data, true, false);
    var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(new LocalDynamoDBServerHandler(requests, null));
    server.start();
    System.out.println("port " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    waitForEndOfInput();
    server.stop();
    System.exit(0);
  }

  private static void waitForEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever sent: only the end counts.
    }
  }
}
