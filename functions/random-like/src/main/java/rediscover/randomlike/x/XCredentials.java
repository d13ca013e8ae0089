package rediscover.randomlike.x;

import java.util.Arrays;
import java.util.List;

/** The four values that sign the requests of an X account's app (OAuth 1.0a). */
public record XCredentials(
    String consumerKey, String consumerSecret, String accessToken, String accessTokenSecret) {

  /**
   * @param value the four values in the order of this record's components, separated by commas.
   *     Blanks and line breaks around them are ignored
   * @throws IllegalArgumentException if it is malformed; the message does not contain the value
   */
  public static XCredentials parse(String value) {
    List<String> parts = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    long blank = parts.stream().filter(String::isEmpty).count();
    if (parts.size() != 4 || blank > 0) {
      throw new IllegalArgumentException(
          "4 comma-separated values are expected, found %d, of which %d blank"
              .formatted(parts.size(), blank));
    }
    return new XCredentials(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
  }

  /** Masked, so that no log line can contain the values. */
  @Override
  public String toString() {
    return "XCredentials[****]";
  }
}
