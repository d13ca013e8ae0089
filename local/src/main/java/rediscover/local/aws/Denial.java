package rediscover.local.aws;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import rediscover.local.http.Exchange;

/** A service's own way of saying no: each has its status, its code and its form. */
final class Denial {

  private Denial() {}

  static void send(String service, Exchange exchange, String message) throws IOException {
    switch (service) {
      case "s3" ->
          Answers.xml(
              exchange,
              403,
              """
              <?xml version="1.0" encoding="UTF-8"?>
              <Error><Code>AccessDenied</Code><Message>%s</Message><RequestId>%s</RequestId></Error>
              """
                  .formatted(Answers.escaped(message), UUID.randomUUID()));
      case "sns" ->
          Answers.xml(
              exchange,
              403,
              """
              <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                <Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>%s</Message></Error>
                <RequestId>%s</RequestId>
              </ErrorResponse>
              """
                  .formatted(Answers.escaped(message), UUID.randomUUID()));
      case "sqs" -> {
        exchange.answerHeaders().put("x-amzn-query-error", "AccessDenied;Sender");
        Answers.json(
            exchange,
            403,
            Map.of("__type", "com.amazon.coral.service#AccessDeniedException", "message", message));
      }
      default ->
          Answers.json(
              exchange,
              400,
              Map.of(
                  "__type", "com.amazon.coral.service#AccessDeniedException", "Message", message));
    }
  }
}
