package rediscover.local.dynamodb;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Runs DynamoDB Local on the loopback interface; its own command line listens on every interface.
 * The only argument is the folder of the data file; without one the data stays in memory.
 *
 * <p>If the variable {@code REDISCOVER_KEY} is set, it answers only requests with that value in the
 * header {@code X-Rediscover-Key}.
 *
 * <p>Prints {@code port N} once it answers, and everything else as an error. Ends when its standard
 * input does, so it never outlives the process that started it.
 */
public final class DynamoDbLocal {

  private DynamoDbLocal() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answer = System.out;
    System.setOut(System.err);
    boolean inMemory = arguments.length == 0;
    String data = inMemory ? null : arguments[0];
    var requests = new LocalDynamoDBRequestHandler(0, inMemory, data, true, false);
    var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(locked(new LocalDynamoDBServerHandler(requests, null)));
    server.start();
    answer.println("port " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    waitForEndOfInput();
    server.stop();
    System.exit(0);
  }

  /** Refuses requests without the key that the run has given to this process. */
  private static Handler locked(Handler handler) {
    String key = System.getenv("REDISCOVER_KEY");
    return new Handler.Wrapper(handler) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        if (key == null || key.equals(request.getHeaders().get("X-Rediscover-Key"))) {
          return super.handle(request, response, callback);
        }
        response.setStatus(403);
        callback.succeeded();
        return true;
      }
    };
  }

  private static void waitForEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever sent: only the end counts.
    }
  }
}
