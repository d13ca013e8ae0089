package rediscover.likes.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.util.Optional;

/**
 * Unwraps a message that AWS wrapped on its way to a queue: SNS in a notification, Lambda in a <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">record
 * of a failed invocation</a>. So you can redrive messages from the dead-letter queue unchanged.
 */
public final class Envelope {
  private static final JsonFactory JSON = new JsonFactory();

  private Envelope() {}

  /** The message inside, or the body itself if it is not wrapped. */
  public static String open(String body) {
    if (body == null) {
      return null;
    }
    if (body.contains("\"requestPayload\"")) {
      return stringAt("/requestPayload/Records/0/Sns/Message", body).orElse(body);
    }
    if (body.contains("\"Notification\"")
        && stringAt("/Type", body).filter("Notification"::equals).isPresent()) {
      return stringAt("/Message", body).orElse(body);
    }
    return body;
  }

  private static Optional<String> stringAt(String pointer, String json) {
    try (JsonParser parser =
        new FilteringParserDelegate(
            JSON.createParser(json),
            new JsonPointerBasedFilter(pointer),
            Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      return parser.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      // No envelope. LikesMessage reports what is wrong with the body.
      return Optional.empty();
    }
  }
}
