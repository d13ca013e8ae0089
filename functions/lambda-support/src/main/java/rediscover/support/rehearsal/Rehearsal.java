package rediscover.support.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import rediscover.support.Environment;
import rediscover.support.LogLine;
import rediscover.support.aws.ServiceClients;
import rediscover.support.event.EventSerializer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An invocation that a function runs once during initialization, so that the first real one finds
 * its classes loaded. Lambda provides two processors during initialization, but a function with 512
 * MB gets a third of one during an invocation: docs/adr/0015.
 *
 * <p>No request leaves the process. The rehearsal uses its own handler, and this class answers that
 * handler's AWS clients. So it reads and writes nothing, and the real handler keeps no state of it.
 *
 * @param handler creates the handler that rehearses
 * @param event the JSON of a usual event
 * @param answers returns the body of a service's answer to an operation, such as {@code Query}. For
 *     a service without operation names, such as S3, it gets the HTTP method
 */
public record Rehearsal<E, A>(
    Function<ServiceClients, RequestHandler<E, A>> handler,
    EventSerializer<E, A> serializer,
    String event,
    UnaryOperator<String> answers) {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /**
   * Rehearses, and waits for the connections that these clients open. A failure is logged and does
   * not fail the function: the first invocation takes longer.
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
   * Rehearses and returns the handler's answer.
   *
   * @throws RuntimeException if the handler throws or logs an error
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

  /** Answers every request within the process. */
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
