package rediscover.likes.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import rediscover.likes.Environment;
import rediscover.likes.lambda.EventSerializer;
import rediscover.likes.lambda.LogLine;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An invocation that a function goes through once while it is being set up, so that the first real
 * one finds its classes loaded. Lambda gives the set-up two processors, and an invocation of a
 * function with 512 MB a third of one: docs/adr/0015.
 *
 * <p>No request leaves the process. The rehearsal has a handler of its own, whose AWS clients are
 * answered from here, so that nothing is read or written, and the real handler remembers nothing.
 *
 * @param handler makes the handler that rehearses
 * @param event the JSON of an event that takes the function's usual way
 * @param answers gives for an operation, such as {@code Query}, the body of the service's answer; a
 *     service without names for its operations has the HTTP method instead
 */
public record Rehearsal<E, A>(
    Function<ServiceClients, RequestHandler<E, A>> handler,
    EventSerializer<E, A> serializer,
    String event,
    UnaryOperator<String> answers) {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /**
   * Rehearses, and waits until the connections that these clients have begun are open. What goes
   * wrong fails nothing: it is a line in the log, and the first invocation takes longer.
   */
  public static void play(ServiceClients clients, List<? extends Rehearsal<?, ?>> rehearsals) {
    try {
      rehearsals.forEach(rehearsal -> rehearsal.perform(clients.environment()));
      clients.awaitConnections(LONGEST_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError e) {
      LogLine.warn("rehearsal failed").with("reason", e).log();
    }
  }

  /**
   * Rehearses and returns what the handler answered.
   *
   * @throws RuntimeException if the handler threw it, or logged an error
   */
  public A perform(Environment environment) {
    ServiceClients clients = new ServiceClients(environment, new Prompter(answers));
    E read = serializer.fromJson(event, serializer.eventType());
    A answer = handler.apply(clients).handleRequest(read, new RehearsalContext());
    if (answer != null) {
      serializer.toJson(answer, OutputStream.nullOutputStream(), answer.getClass());
    }
    return answer;
  }

  /** Answers every request at once and by itself. */
  private record Prompter(UnaryOperator<String> answers) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String operation =
          request
              .httpRequest()
              .firstMatchingHeader("X-Amz-Target")
              .map(target -> target.substring(target.lastIndexOf('.') + 1))
              .orElseGet(() -> request.httpRequest().method().name());
      byte[] body = answers.apply(operation).getBytes(UTF_8);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
