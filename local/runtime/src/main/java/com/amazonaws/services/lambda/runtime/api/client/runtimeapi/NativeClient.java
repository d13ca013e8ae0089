package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/**
 * Replaces the one native class of AWS's runtime interface client, which AWS builds for Linux only.
 * It comes before the client's jar on the class path, so functions run on every system. Loading,
 * serialization and the event loop remain AWS's.
 *
 * <p>The client defines the package, the name and the methods.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class NativeClient {

  /** The status of the client's exception if there was no response. */
  private static final int NO_RESPONSE = -1;

  private static String invocations;

  private NativeClient() {}

  /**
   * @param runtimeApi host and port, as in {@code AWS_LAMBDA_RUNTIME_API}
   */
  static void init(String runtimeApi) {
    invocations = "http://" + runtimeApi + "/2018-06-01/runtime/invocation/";
  }

  /** Waits for the next event, as long as it takes. */
  static InvocationRequest next() {
    try {
      HttpURLConnection connection = open("next");
      byte[] event = read(connection, "get the next invocation");
      String id = connection.getHeaderField("Lambda-Runtime-Aws-Request-Id");
      if (id == null) {
        throw new LambdaRuntimeClientException("The next invocation has no id.", NO_RESPONSE);
      }
      var request = new InvocationRequest();
      request.setId(id);
      request.setInvokedFunctionArn(
          connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
      request.setDeadlineTimeInMs(connection.getHeaderFieldLong("Lambda-Runtime-Deadline-Ms", 0));
      request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
      request.setContent(event);
      return request;
    } catch (IOException e) {
      throw noResponse("get the next invocation", e);
    }
  }

  /** Answers an invocation. */
  static void postInvocationResponse(byte[] requestId, byte[] response) {
    try {
      HttpURLConnection connection = open(new String(requestId) + "/response");
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      connection.getOutputStream().write(response);
      read(connection, "post the response");
    } catch (IOException e) {
      throw noResponse("post the response", e);
    }
  }

  private static HttpURLConnection open(String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create(invocations + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestProperty("User-Agent", LambdaRuntimeApiClientImpl.USER_AGENT);
    return connection;
  }

  /** To the end: only then does the connection serve the next request as well. */
  private static byte[] read(HttpURLConnection connection, String what) throws IOException {
    int status = connection.getResponseCode();
    if (status < 200 || status > 299) {
      throw new LambdaRuntimeClientException("Failed to " + what + ".", status);
    }
    try (InputStream body = connection.getInputStream()) {
      return body.readAllBytes();
    }
  }

  private static LambdaRuntimeClientException noResponse(String what, IOException cause) {
    var failure = new LambdaRuntimeClientException("Failed to " + what + ".", NO_RESPONSE);
    failure.initCause(cause);
    return failure;
  }
}
