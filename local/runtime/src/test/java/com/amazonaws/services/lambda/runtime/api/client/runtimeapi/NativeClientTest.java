package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NativeClientTest {

  private static final String PREFIX = "/2018-06-01/runtime/invocation/";

  private final Map<String, String> headers = new HashMap<>();
  private final Set<InetSocketAddress> connections = new HashSet<>();
  private HttpServer api;
  private int status = 200;
  private byte[] event = "{}".getBytes(UTF_8);
  private String posted;

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(PREFIX, this::answer);
    api.start();
    NativeClient.init("127.0.0.1:" + api.getAddress().getPort());
    headers.put("Lambda-Runtime-Aws-Request-Id", "id");
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      connections.add(exchange.getRemoteAddress());
      posted =
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI().getPath().substring(PREFIX.length())
              + " "
              + exchange.getRequestHeaders().getFirst("Content-Type")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, event.length == 0 ? -1 : event.length);
      exchange.getResponseBody().write(event);
    }
  }

  @Test
  void theHeadersOfAnInvocationAreHandedOn() {
    headers.put("Lambda-Runtime-Invoked-Function-Arn", "arn");
    headers.put("Lambda-Runtime-Deadline-Ms", "1542409706888");
    headers.put("Lambda-Runtime-Trace-Id", "trace");
    event = "{\"text\":\"é\"}".getBytes(UTF_8);

    InvocationRequest request = NativeClient.next();

    assertThat(request.getId()).isEqualTo("id");
    assertThat(request.getInvokedFunctionArn()).isEqualTo("arn");
    assertThat(request.getDeadlineTimeInMs()).isEqualTo(1542409706888L);
    assertThat(request.getXrayTraceId()).isEqualTo("trace");
    assertThat(request.getContent()).isEqualTo(event);
  }

  @Test
  void whatAnInvocationDoesNotSayIsNull() {
    event = new byte[0];

    InvocationRequest request = NativeClient.next();

    assertThat(request.getXrayTraceId()).isNull();
    assertThat(request.getContent()).isEmpty();
  }

  @Test
  void anAnswerIsPostedToItsInvocation() {
    status = 202;
    event = new byte[0];

    NativeClient.postInvocationResponse("id".getBytes(UTF_8), "\"é\"".getBytes(UTF_8));

    assertThat(posted).isEqualTo("POST id/response application/json \"é\"");
  }

  /** Not all do if the machine stands still for seconds: the JDK closes what nobody uses. */
  @Test
  void invocationsShareAConnection() {
    for (int i = 0; i < 10; i++) {
      NativeClient.next();
      NativeClient.postInvocationResponse("id".getBytes(UTF_8), "null".getBytes(UTF_8));
    }

    assertThat(connections).hasSizeLessThan(20);
  }

  @Test
  void aRefusalIsAnExceptionWithItsStatus() {
    status = 403;

    assertThatExceptionOfType(LambdaRuntimeClientException.class)
        .isThrownBy(NativeClient::next)
        .withMessageContaining("403");
    assertThatExceptionOfType(LambdaRuntimeClientException.class)
        .isThrownBy(() -> NativeClient.postInvocationResponse(new byte[] {'x'}, new byte[0]))
        .withMessageContaining("403");
  }

  @Test
  void anInvocationWithoutAnIdIsAnException() {
    headers.clear();

    assertThatExceptionOfType(LambdaRuntimeClientException.class).isThrownBy(NativeClient::next);
  }

  @Test
  void anApiThatIsGoneIsAnException() {
    NativeClient.next();
    api.stop(0);

    assertThatExceptionOfType(LambdaRuntimeClientException.class)
        .isThrownBy(NativeClient::next)
        .withCauseInstanceOf(IOException.class);
    assertThatExceptionOfType(LambdaRuntimeClientException.class)
        .isThrownBy(() -> NativeClient.postInvocationResponse(new byte[] {'x'}, new byte[0]))
        .withCauseInstanceOf(IOException.class);
  }
}
