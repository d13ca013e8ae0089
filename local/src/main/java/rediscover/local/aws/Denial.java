package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A service's own way of saying no: each has its status, its code and its form. */
final class Denial {

  private Denial() {}

  static void send(String service, HttpExchange exchange, String message) throws IOException {
    switch (service) {
      case "s3", "sns" -> xml(service, exchange, 403, accessDenied(service), message);
      case "sqs" ->
          json(exchange, 403, "AccessDeniedException", "AccessDenied", Map.of("message", message));
      default -> json(exchange, 400, "AccessDeniedException", "", Map.of("Message", message));
    }
  }

  /** As each service answers to an access key that is nobody's. */
  static void ofUnknownKey(String service, HttpExchange exchange) throws IOException {
    String message = "The security token included in the request is invalid.";
    switch (service) {
      case "s3" ->
          xml(
              service,
              exchange,
              403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.");
      case "sns" -> xml(service, exchange, 403, "InvalidClientTokenId", message);
      case "sqs" ->
          json(
              exchange,
              403,
              "UnrecognizedClientException",
              "InvalidClientTokenId",
              Map.of("message", message));
      default -> json(exchange, 400, "UnrecognizedClientException", "", Map.of("message", message));
    }
  }

  /** No denial: what AWS would ask policies is not known here, so nothing is said about them. */
  static void ofUnknownOperation(String service, HttpExchange exchange, String operation)
      throws IOException {
    String message =
        operation
            + " is not supported here: the embedded run does not know which permissions it takes";
    switch (service) {
      case "s3" -> xml(service, exchange, 501, "NotImplemented", message);
      case "sns" -> xml(service, exchange, 400, "InvalidAction", message);
      case "sqs" ->
          json(
              exchange,
              400,
              "UnsupportedOperation",
              "AWS.SimpleQueueService.UnsupportedOperation",
              Map.of("message", message));
      default -> json(exchange, 400, "UnknownOperationException", "", Map.of("message", message));
    }
  }

  private static String accessDenied(String service) {
    return service.equals("s3") ? "AccessDenied" : "AuthorizationError";
  }

  private static void xml(
      String service, HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String form =
        service.equals("s3")
            ? """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>
            """
            : """
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
              <RequestId>%s</RequestId>
            </ErrorResponse>
            """;
    Answers.xml(
        exchange, status, form.formatted(code, Answers.escaped(message), UUID.randomUUID()));
  }

  /**
   * @param query the code by which SQS called it before it spoke JSON; empty for other services
   */
  private static void json(
      HttpExchange exchange, int status, String type, String query, Map<String, String> message)
      throws IOException {
    if (!query.isEmpty()) {
      exchange.getResponseHeaders().set("x-amzn-query-error", query + ";Sender");
    }
    Map<String, String> body = new LinkedHashMap<>(message);
    body.put("__type", "com.amazon.coral.service#" + type);
    Answers.json(exchange, status, body);
  }
}
