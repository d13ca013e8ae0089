package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import rediscover.local.application.QueueSpec;
import rediscover.local.application.SessionKey;
import rediscover.local.client.JsonClient;

/** SQS, played by ElasticMQ. */
public final class Queues implements AwsService, AutoCloseable {

  private final SQSRestServer server;
  private final Forwarder forwarder;
  private final JsonClient sqs;

  private Queues(SQSRestServer server, URI address, JsonClient sqs) {
    this.server = server;
    this.forwarder = new Forwarder(address);
    this.sqs = sqs;
  }

  /**
   * @param endpoint the address that queue URLs begin with
   */
  public static Queues start(URI endpoint, String region, String accountId, List<QueueSpec> queues)
      throws IOException, InterruptedException {
    SQSRestServer server =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withDynamicPort()
            .withServerAddress(
                new NodeAddress(endpoint.getScheme(), endpoint.getHost(), endpoint.getPort(), ""))
            .withAWSRegion(region)
            .withAWSAccountId(accountId)
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    var address = URI.create("http://127.0.0.1:" + port);
    var sqs = JsonClient.sqs(address, region);
    // A queue comes after the dead-letter queue that it names.
    for (boolean names : List.of(false, true)) {
      for (QueueSpec queue : queues) {
        if (queue.attributes().containsKey("RedrivePolicy") == names) {
          sqs.call(
              SessionKey.create(),
              "CreateQueue",
              Map.of("QueueName", queue.name(), "Attributes", queue.attributes()));
        }
      }
    }
    return new Queues(server, address, sqs);
  }

  /** Puts a message into a queue for another service, which has already been let in. */
  void put(QueueSpec queue, String message) throws IOException {
    try {
      sqs.call(
          SessionKey.create(),
          "SendMessage",
          Map.of("QueueUrl", queue.url(), "MessageBody", message));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending to " + queue.name(), e);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    forwarder.handle(exchange);
  }

  /** Does not wait: the server would, for every poll that is still open. */
  @Override
  public void close() {
    server.stopAndGetFuture().apply();
  }
}
