package rediscover.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** An error response of a service. */
public final class AwsException extends IOException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  AwsException(String action, int status, JsonNode answer) {
    super(action + ": " + answer.path("__type").asText() + " " + message(answer));
    String type = answer.path("__type").asText();
    this.status = status;
    this.code = type.substring(type.indexOf('#') + 1);
  }

  /** Such as {@code ResourceInUseException}. */
  public String code() {
    return code;
  }

  /** Whether the same call may succeed later: the service failed, or had too much to do. */
  public boolean isPassing() {
    return status >= 500 || code.contains("Throttl");
  }

  private static String message(JsonNode answer) {
    return answer.path("message").asText(answer.path("Message").asText());
  }
}
