package rediscover.likes.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks through an event's JSON. From field to field of an object it goes with {@link #nextField};
 * every other method takes the value of the field at hand, and gives null where that is null.
 */
public final class EventReader {
  private final JsonParser parser;

  EventReader(JsonParser parser) {
    this.parser = parser;
  }

  /** The name of the object's next field, or null at the object's end. */
  public String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  /** Passes over a value that the event's type has no place for. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  /** A string, or any other single value as it is written. */
  public String text() throws IOException {
    String text = parser.getValueAsString();
    parser.skipChildren();
    return text;
  }

  public long number() throws IOException {
    return parser.getLongValue();
  }

  public boolean flag() throws IOException {
    return parser.getBooleanValue();
  }

  /** What {@code reader} makes of an object; it has to read to the object's end. */
  public <T> T object(Reader<T> reader) throws IOException {
    return is(JsonToken.START_OBJECT) ? reader.read(this) : null;
  }

  /** A list of objects. */
  public <T> List<T> objects(Reader<T> reader) throws IOException {
    return list(json -> json.object(reader));
  }

  /** A list of anything. */
  public <T> List<T> list(Reader<T> reader) throws IOException {
    if (!is(JsonToken.START_ARRAY)) {
      return null;
    }
    List<T> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(reader.read(this));
    }
    return values;
  }

  /** An object whose fields may have any names, each with a value of the same kind. */
  public <T> Map<String, T> map(Reader<T> reader) throws IOException {
    if (!is(JsonToken.START_OBJECT)) {
      return null;
    }
    Map<String, T> values = new LinkedHashMap<>();
    for (String field = nextField(); field != null; field = nextField()) {
      values.put(field, reader.read(this));
    }
    return values;
  }

  /** The same where each value is a text. */
  public Map<String, String> texts() throws IOException {
    return map(EventReader::text);
  }

  private boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private boolean is(JsonToken start) {
    if (parser.currentToken() != start && !isNull()) {
      throw new IllegalArgumentException(
          "The event holds %s instead of %s".formatted(parser.currentToken(), start));
    }
    return !isNull();
  }

  /** Makes an object of the value at hand. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(EventReader json) throws IOException;
  }
}
