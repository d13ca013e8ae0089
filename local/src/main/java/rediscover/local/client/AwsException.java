package rediscover.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** A service's own refusal, with its code and its words. */
public final class AwsException extends IOException {

  private static final long serialVersionUID = 1;

  private final String code;

  AwsException(String action, JsonNode answer) {
    super(action + ": " + answer.path("__type").asText() + " " + message(answer));
    String type = answer.path("__type").asText();
    this.code = type.substring(type.indexOf('#') + 1);
  }

  /** Such as {@code ResourceInUseException}. */
  public String code() {
    return code;
  }

  private static String message(JsonNode answer) {
    return answer.path("message").asText(answer.path("Message").asText());
  }
}
