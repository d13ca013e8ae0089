package rediscover.support.event;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Reads a function's event and writes its answer. It replaces the runtime's Jackson databind, whose
 * initialization is a good part of a cold start (docs/performance.md). Lambda uses the serializer
 * that a package names in {@code META-INF/services}: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/java-custom-serialization.html">custom
 * serialization</a>.
 *
 * @param <E> the event's type
 * @param <A> the answer's type
 */
public abstract class EventSerializer<E, A> implements CustomPojoSerializer {
  private static final JsonFactory JSON = new JsonFactory();

  private final Class<E> eventType;

  protected EventSerializer(Class<E> eventType) {
    this.eventType = eventType;
  }

  /** Reads the event. The reader is at the opening brace. */
  protected abstract E read(EventReader json) throws IOException;

  /** Writes an answer. Override it if the function has one. */
  protected void write(A answer, JsonGenerator json) throws IOException {
    throw new UnsupportedOperationException("This function has no answer");
  }

  /** The event's type. */
  public final Class<E> eventType() {
    return eventType;
  }

  @Override
  public final <T> T fromJson(InputStream input, Type type) {
    if (type != eventType) {
      throw new IllegalArgumentException(type + " is not this function's event");
    }
    try (JsonParser parser = JSON.createParser(input)) {
      parser.nextToken();
      @SuppressWarnings("unchecked")
      T event = (T) new EventReader(parser).object(this::read);
      return event;
    } catch (JsonProcessingException e) {
      // Without e as the cause: its message quotes the event.
      throw new IllegalArgumentException("The event is not JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("The event cannot be read", e);
    }
  }

  @Override
  public final <T> T fromJson(String input, Type type) {
    return fromJson(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), type);
  }

  @Override
  public final <T> void toJson(T value, OutputStream output, Type type) {
    try (JsonGenerator json = JSON.createGenerator(output)) {
      @SuppressWarnings("unchecked")
      A answer = (A) value;
      write(answer, json);
    } catch (IOException e) {
      throw new UncheckedIOException("The answer cannot be written", e);
    }
  }
}
