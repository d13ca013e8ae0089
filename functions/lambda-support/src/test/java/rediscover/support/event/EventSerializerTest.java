package rediscover.support.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSerializerTest {
  private record Event(String text, long number, List<String> list, Map<String, String> map) {}

  private static final class Serializer extends EventSerializer<Event, Void> {
    Serializer() {
      super(Event.class);
    }

    @Override
    protected Event read(EventReader json) throws IOException {
      String text = null;
      long number = 0;
      List<String> list = null;
      Map<String, String> map = null;
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        switch (field) {
          case "text" -> text = json.text();
          case "number" -> number = json.number();
          case "list" -> list = json.list(EventReader::text);
          case "map" -> map = json.texts();
          default -> json.skip();
        }
      }
      return new Event(text, number, list, map);
    }
  }

  private final Serializer serializer = new Serializer();

  @Test
  void whatTheTypeHasNoPlaceForIsPassedOver() {
    assertThat(
            read(
                """
                {"new": {"a": [1, {"b": 2}]}, "text": "t", "newer": [[]], "number": 4294967296,
                 "list": ["a", 2], "map": {"a": "1", "b": true}}"""))
        .isEqualTo(
            new Event("t", 4_294_967_296L, List.of("a", "2"), Map.of("a", "1", "b", "true")));
  }

  @Test
  void aTextThatIsNoneIsNull() {
    assertThat(read("{\"text\": {\"a\": [1]}, \"number\": 1}"))
        .isEqualTo(new Event(null, 1, null, null));
  }

  @Test
  void nullIsNull() {
    assertThat(read("null")).isNull();
    assertThat(read("{\"text\": null, \"list\": null, \"map\": null}"))
        .isEqualTo(new Event(null, 0, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "1", "{\"list\": {}}", "{\"map\": []}", "{\"text\": secret}", "{"})
  void anotherFormIsRefusedWithoutQuotingIt(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json))
        .withMessageStartingWith("The event")
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void anotherTypeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> serializer.fromJson("{}", String.class))
        .withMessageContaining("String");
  }

  @Test
  void anAnswerThatNobodyExpectsIsRefused() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> serializer.toJson("answer", new ByteArrayOutputStream(), String.class));
  }

  private Event read(String json) {
    return serializer.fromJson(json, Event.class);
  }
}
