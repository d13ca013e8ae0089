package rediscover.support.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.ServiceLoader;

/**
 * The two ways between JSON and the types of events and answers. What holds after one holds after
 * the other.
 */
public enum Serialization {
  /** As Lambda does it of its own accord. */
  OF_THE_RUNTIME {
    @Override
    public <E> E event(String name, Class<E> type) {
      return EventLoader.loadEvent("events/" + name, type);
    }

    @Override
    void write(Object answer, Type type, OutputStream output) {
      JacksonFactory.getInstance().getSerializer(type).toJson(answer, output);
    }
  },

  /** As Lambda does it for a package that names a serializer of its own. */
  OF_THE_FUNCTION {
    @Override
    public <E> E event(String name, Class<E> type) {
      try (InputStream json = getClass().getResourceAsStream("/events/" + name)) {
        return serializer().fromJson(json, type);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void write(Object answer, Type type, OutputStream output) {
      serializer().toJson(answer, output, type);
    }

    private CustomPojoSerializer serializer() {
      return ServiceLoader.load(CustomPojoSerializer.class).findFirst().orElseThrow();
    }
  };

  /** Reads one of the sample events. */
  public abstract <E> E event(String name, Class<E> type);

  /** The answer as the caller of the function gets it. */
  public String json(Object answer) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    write(answer, answer.getClass(), json);
    return json.toString(UTF_8);
  }

  abstract void write(Object answer, Type type, OutputStream output);
}
