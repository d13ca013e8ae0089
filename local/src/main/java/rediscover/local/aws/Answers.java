package rediscover.local.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import rediscover.local.http.Exchange;

/** Sends responses in AWS's two forms: JSON and XML. */
final class Answers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  static void json(Exchange exchange, int status, Map<String, ?> body) throws IOException {
    send(exchange, status, "application/x-amz-json-1.0", JSON.writeValueAsBytes(body));
  }

  static void xml(Exchange exchange, int status, String body) throws IOException {
    send(exchange, status, "text/xml", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(Exchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.answerHeaders().put("Content-Type", type);
    exchange.answerHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.send(status, body);
  }
}
