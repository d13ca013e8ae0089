package rediscover.local.aws;

import java.io.IOException;
import rediscover.local.http.Exchange;

/** The answers that refuse a call, each with its service's own status, code and form. */
final class Denial {

  private Denial() {}

  static void send(String service, Exchange exchange, String message) throws IOException {
    switch (service) {
      case "s3" -> Errors.s3(exchange, 403, "AccessDenied", message);
      case "sns" -> Errors.sns(exchange, 403, "AuthorizationError", message);
      case "sqs" -> Errors.sqs(exchange, 403, "AccessDeniedException", "AccessDenied", message);
      default -> Errors.json(exchange, 400, "AccessDeniedException", "Message", message);
    }
  }

  /** Refuses an access key that the run did not make. */
  static void ofUnknownKey(String service, Exchange exchange) throws IOException {
    String message = "The security token included in the request is invalid.";
    String type = "UnrecognizedClientException";
    switch (service) {
      case "s3" ->
          Errors.s3(
              exchange,
              403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.");
      case "sns" -> Errors.sns(exchange, 403, "InvalidClientTokenId", message);
      case "sqs" -> Errors.sqs(exchange, 403, type, "InvalidClientTokenId", message);
      default -> Errors.json(exchange, 400, type, "message", message);
    }
  }

  /** Refuses an operation without a word on policies: which actions AWS would ask is not known. */
  static void ofUnknownOperation(String service, Exchange exchange, String operation)
      throws IOException {
    String message =
        operation
            + " is not supported here: the embedded run does not know which permissions it takes";
    switch (service) {
      case "s3" -> Errors.s3(exchange, 501, "NotImplemented", message);
      case "sns" -> Errors.sns(exchange, 400, "InvalidAction", message);
      case "sqs" ->
          Errors.sqs(
              exchange,
              400,
              "UnsupportedOperation",
              "AWS.SimpleQueueService.UnsupportedOperation",
              message);
      default -> Errors.json(exchange, 400, "UnknownOperationException", "message", message);
    }
  }
}
