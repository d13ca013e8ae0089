package rediscover.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the API answered.
 *
 * @param headers by lower-case name
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A field of the body, or an empty string. */
  String field(String name) {
    try {
      JsonNode json = JSON.readTree(body);
      return json.path(name).asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + body, e);
    }
  }
}
