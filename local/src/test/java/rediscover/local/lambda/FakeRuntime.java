package rediscover.local.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a child process that speaks the Runtime API. The event says what becomes of it;
 * a handler called broken cannot be constructed, one called gone ends at once, and one that talks
 * first has said something before it asks for an event.
 */
public final class FakeRuntime {

  private static final String PREFIX = "http://%s/2018-06-01/runtime/";

  private FakeRuntime() {}

  public static void main(String[] arguments) throws Exception {
    String api = PREFIX.formatted(System.getenv("AWS_LAMBDA_RUNTIME_API"));
    switch (arguments[0]) {
      case "broken" -> {
        post(api + "init/error", "{\"errorType\":\"Init\"}");
        new CountDownLatch(1).await();
      }
      case "gone" -> System.exit(7);
      case "talks first" -> {
        System.out.println("first");
        serve(api);
      }
      default -> serve(api);
    }
  }

  private static void serve(String api) throws Exception {
    for (int count = 1; true; count++) {
      var next = (HttpURLConnection) url(api + "invocation/next").openConnection();
      String event = new String(next.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
      String invocation = api + "invocation/" + id;
      switch (event) {
        case "fail" -> post(invocation + "/error", "{\"errorType\":\"Oops\"}");
        case "exit" -> {
          System.out.println("last words");
          System.exit(3);
        }
        case "hang" -> {
          System.out.println("never ends");
          new CountDownLatch(1).await();
        }
        case "log" -> {
          System.out.println("one é");
          System.out.println();
          System.err.println("two");
          post(invocation + "/response", "null");
        }
        case "environment" ->
            post(
                invocation + "/response",
                System.getProperty("user.dir") + "\n" + new TreeMap<>(System.getenv()));
        case "heap" ->
            post(
                invocation + "/response",
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        case "headers" ->
            post(
                invocation + "/response",
                next.getHeaderField("Lambda-Runtime-Invoked-Function-Arn")
                    + " "
                    + next.getHeaderField("Lambda-Runtime-Deadline-Ms"));
        case "wrong id" -> {
          int status = post(api + "invocation/other/response", "\"other\"");
          post(invocation + "/response", Integer.toString(status));
        }
        case String wait when wait.startsWith("until ") -> {
          System.out.println("waiting");
          Path file = Path.of(wait.substring("until ".length()));
          while (Files.notExists(file)) {
            Thread.sleep(10);
          }
          post(invocation + "/response", "null");
        }
        default ->
            post(
                invocation + "/response",
                "%s %d %d".formatted(event, ProcessHandle.current().pid(), count));
      }
    }
  }

  private static int post(String url, String body) throws IOException {
    var request = (HttpURLConnection) url(url).openConnection();
    request.setRequestMethod("POST");
    request.setDoOutput(true);
    try (OutputStream out = request.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return request.getResponseCode();
  }

  private static URL url(String url) throws IOException {
    return URI.create(url).toURL();
  }
}
