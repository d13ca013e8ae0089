package rediscover.support.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an event's JSON. {@link #nextField} moves to the next field of an object. Every other
 * method returns the value of the current field, or null if that is null.
 */
public final class EventReader {
  private final JsonParser parser;

  EventReader(JsonParser parser) {
    this.parser = parser;
  }

  /** The name of the next field, or null at the object's end. */
  public String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  /** Skips a value that the event's type does not have. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  /** A string, or any other scalar as it is written. */
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

  /** An object. {@code reader} has to read to the object's end. */
  public <T> T object(Reader<T> reader) throws IOException {
    return is(JsonToken.START_OBJECT) ? reader.read(this) : null;
  }

  /** A list of objects. */
  public <T> List<T> objects(Reader<T> reader) throws IOException {
    return list(json -> json.object(reader));
  }

  /** A list of values. */
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

  /** An object with arbitrary field names and values of one type. */
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

  /** An object with arbitrary field names and scalar values. */
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

  /** Reads the current value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(EventReader json) throws IOException;
  }
}
