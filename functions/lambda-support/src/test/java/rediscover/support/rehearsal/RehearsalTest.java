package rediscover.support.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.support.Environment;
import rediscover.support.LogLine;
import rediscover.support.aws.ServiceClients;
import rediscover.support.event.EventReader;
import rediscover.support.event.EventSerializer;
import software.amazon.awssdk.services.sqs.SqsClient;

class RehearsalTest {
  /** A region without any hosts: a request that left the process would not arrive. */
  private static final Environment ENVIRONMENT = new Environment(Map.of("AWS_REGION", "test-1"));

  private final List<String> written = new ArrayList<>();

  @Test
  void theHandlerIsInvokedWithItsEventAndAnsweredWithoutAnyService() {
    Rehearsal<String, String> rehearsal =
        rehearsal(
            (clients, event) -> {
              try (SqsClient sqs = clients.build("sqs", SqsClient::builder)) {
                return event + sqs.listQueues().queueUrls();
              }
            },
            "{\"QueueUrls\": [\"for OPERATION\"]}");

    assertThat(rehearsal.perform(ENVIRONMENT)).isEqualTo("an event[for ListQueues]");
    assertThat(written).containsExactly("an event[for ListQueues]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "error", "log"})
  void whatGoesWrongIsSaidAndFailsNothing(String kind) {
    Rehearsal<String, String> wrong =
        rehearsal(
            (clients, event) ->
                switch (kind) {
                  case "exception" -> throw new IllegalArgumentException("wrong");
                  case "error" -> throw new NoClassDefFoundError("wrong");
                  default -> {
                    LogLine.error("wrong").log(new RehearsalContext());
                    yield "not noticed";
                  }
                },
            "");
    assertThatExceptionOfType(Throwable.class)
        .isThrownBy(() -> wrong.perform(ENVIRONMENT))
        .withMessageContaining("wrong");
    assertThatNoException()
        .isThrownBy(() -> Rehearsal.play(new ServiceClients(ENVIRONMENT), List.of(wrong)));
  }

  private Rehearsal<String, String> rehearsal(
      BiFunction<ServiceClients, String, String> handler, String answer) {
    return new Rehearsal<>(
        clients ->
            new RequestHandler<>() {
              @Override
              public String handleRequest(String event, Context context) {
                assertThat(context.getRemainingTimeInMillis()).isPositive();
                LogLine.info("goes nowhere").log(context);
                return handler.apply(clients, event);
              }
            },
        new EventSerializer<>(String.class) {
          @Override
          protected String read(EventReader json) throws IOException {
            return json.nextField() + json.text() + (json.nextField() == null ? "" : "?");
          }

          @Override
          protected void write(String text, JsonGenerator json) {
            written.add(text);
          }
        },
        "{\"an \": \"event\"}",
        operation -> answer.replace("OPERATION", operation));
  }
}
