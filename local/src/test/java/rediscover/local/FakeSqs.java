package rediscover.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import rediscover.local.client.JsonClient;
import rediscover.local.http.Exchange;

/** SQS for a test: hands out the batches it is given, and remembers what it was asked. */
public final class FakeSqs implements AutoCloseable {

  /**
   * @param key the access key ID of the caller
   */
  public record Call(String key, String action, JsonNode input) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoopbackServer server = new LoopbackServer(this::handle);
  private final LinkedBlockingQueue<String> batches = new LinkedBlockingQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String refused = "";
  private volatile String failing = "";
  private volatile String failedEntries = "{}";

  public JsonClient client() {
    return JsonClient.sqs(server.address(), TestStack.REGION);
  }

  /** Lets the next ReceiveMessage answer with these messages, as the JSON of SQS. */
  public void willReceive(String... messages) {
    batches.add("{\"Messages\":[" + String.join(",", messages) + "]}");
  }

  /** A message as ReceiveMessage has it. */
  public static String message(String id, String body) {
    return """
        {"MessageId":"%1$s","ReceiptHandle":"handle of %1$s","Body":"%2$s","MD5OfBody":"md5",\
        "Attributes":{"ApproximateReceiveCount":"1"}}"""
        .formatted(id, body);
  }

  /** Refuses one action from now on. */
  public void refuse(String action) {
    refused = action;
  }

  /** Fails as a service that has broken down, so many times. */
  public void failFor(int calls, String action) {
    failures.set(calls);
    failing = action;
  }

  /** Lets batch actions answer that entries failed. */
  public void failEntries(String message) {
    failedEntries = "{\"Failed\":[{\"Id\":\"m0\",\"Message\":\"" + message + "\"}]}";
  }

  public List<Call> calls(String action) {
    return calls.stream().filter(call -> call.action().equals(action)).toList();
  }

  private void handle(Exchange exchange) throws IOException, InterruptedException {
    String action = exchange.headers().get("X-Amz-Target").replaceFirst("AmazonSQS\\.", "");
    String key =
        exchange.headers().get("Authorization").replaceFirst(".*Credential=([^/]+)/.*", "$1");
    calls.add(new Call(key, action, JSON.readTree(exchange.input())));
    if (action.equals(refused)) {
      send(exchange, 403, "{\"__type\":\"com.amazon#AccessDeniedException\",\"message\":\"no\"}");
    } else if (action.equals(failing) && failures.getAndDecrement() > 0) {
      send(exchange, 503, "{\"__type\":\"ServiceUnavailable\"}");
    } else if (action.equals("ReceiveMessage")) {
      String batch = batches.poll(100, TimeUnit.MILLISECONDS);
      send(exchange, 200, batch == null ? "{}" : batch);
    } else {
      send(exchange, 200, action.endsWith("Batch") ? failedEntries : "{}");
    }
  }

  private static void send(Exchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.send(status, body);
  }

  @Override
  public void close() {
    server.close();
  }
}
