package rediscover.likes.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Opens connections while the function is being set up, which stay open for the first calls. A
 * thread of its own does it, on the second processor that Lambda gives the set-up. What fails, Java
 * writes into the log, and the calls open connections themselves.
 */
final class HeadStart {
  private HeadStart() {}

  static Thread to(URI endpoint, int connections, SdkHttpClient http) {
    // As those that the calls will wait on.
    return Thread.ofVirtual().name("head-start").start(() -> connect(endpoint, connections, http));
  }

  /** Asks for the service's root page, which needs no permission. */
  static void connect(URI endpoint, int connections, SdkHttpClient http) {
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(SdkHttpRequest.builder().uri(endpoint).method(SdkHttpMethod.GET).build())
            .build();
    try {
      // A connection is free for the next request when its answer has been read.
      List<InputStream> answers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        http.prepareRequest(request).call().responseBody().ifPresent(answers::add);
      }
      for (InputStream answer : answers) {
        try (answer) {
          answer.readAllBytes();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("No connection ahead of the first call", e);
    }
  }
}
