package rediscover.local.aws;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import rediscover.local.http.Exchange;

/** Errors in the form that each service's clients read. */
final class Errors {

  private Errors() {}

  static void s3(Exchange exchange, int status, String code, String message) throws IOException {
    xml(
        exchange,
        status,
        code,
        message,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>
        """);
  }

  static void sns(Exchange exchange, int status, String code, String message) throws IOException {
    xml(
        exchange,
        status,
        code,
        message,
        """
        <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
          <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
          <RequestId>%s</RequestId>
        </ErrorResponse>
        """);
  }

  /**
   * @param code what SQS called the error before it spoke JSON
   */
  static void sqs(Exchange exchange, int status, String type, String code, String message)
      throws IOException {
    exchange.answerHeaders().put("x-amzn-query-error", code + ";Sender");
    json(exchange, status, type, "message", message);
  }

  /**
   * @param field the name of the message: some errors write it with a capital
   */
  static void json(Exchange exchange, int status, String type, String field, String message)
      throws IOException {
    Answers.json(
        exchange, status, Map.of("__type", "com.amazon.coral.service#" + type, field, message));
  }

  private static void xml(Exchange exchange, int status, String code, String message, String form)
      throws IOException {
    // The name of a resource can hold anything.
    String escaped = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    Answers.xml(exchange, status, form.formatted(code, escaped, UUID.randomUUID()));
  }
}
