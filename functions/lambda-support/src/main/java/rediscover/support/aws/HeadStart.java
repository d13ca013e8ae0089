package rediscover.support.aws;

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
 * Opens connections during initialization, for the first calls to use. It runs on a thread of its
 * own, on the second processor that Lambda provides during initialization. If it fails, Java logs
 * the exception, and the calls open connections themselves.
 */
final class HeadStart {
  private HeadStart() {}

  static Thread to(URI endpoint, int connections, SdkHttpClient http) {
    // A virtual thread, as the calls use.
    return Thread.ofVirtual().name("head-start").start(() -> connect(endpoint, connections, http));
  }

  /** Requests the service's root page, which needs no permission. */
  static void connect(URI endpoint, int connections, SdkHttpClient http) {
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(SdkHttpRequest.builder().uri(endpoint).method(SdkHttpMethod.GET).build())
            .build();
    try {
      // A connection is free for the next request once its answer has been read.
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
      throw new UncheckedIOException("Could not open a connection before the first call", e);
    }
  }
}
