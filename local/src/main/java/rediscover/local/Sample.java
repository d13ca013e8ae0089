package rediscover.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import rediscover.local.application.SessionKey;
import rediscover.local.client.JsonClient;
import rediscover.local.x.SampleArchive;

/**
 * Imports the sample likes through the bucket: importer, queue, writer, table. Until they are
 * stored, the X stub answers with the same likes.
 */
record Sample(Console console, EmbeddedRun.Started started) {

  private static final String NAME = "sample";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL_PAUSE = Duration.ofMillis(200);

  /** Uploads the sample archive at the first start and waits until its likes are in the table. */
  void importOnce() throws IOException, InterruptedException {
    long since = System.nanoTime();
    String bucket = started.application().buckets().getFirst().name();
    URI object = started.address().resolve("/" + bucket + "/" + SampleArchive.USER + "/like.js");
    try (HttpClient s3 = HttpClient.newHttpClient()) {
      var head = request(object).method("HEAD", BodyPublishers.noBody()).build();
      if (s3.send(head, BodyHandlers.discarding()).statusCode() == 200) {
        return;
      }
      console.print(
          "  %-10s importing %d likes of user %s through the bucket",
          NAME, SampleArchive.size(), SampleArchive.USER);
      var put = request(object).PUT(BodyPublishers.ofByteArray(SampleArchive.bytes())).build();
      HttpResponse<String> answer = s3.send(put, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StartException("the sample archive was refused: " + answer.body());
      }
    }
    if (!isStoredSoon()) {
      console.print(
          "  %-10s not all likes are stored after %d s; the log lines above say why",
          NAME, PATIENCE.toSeconds());
      return;
    }
    console.ready(NAME, SampleArchive.size() + " likes stored", since);
  }

  private HttpRequest.Builder request(URI object) {
    return HttpRequest.newBuilder(object)
        .header("Authorization", SessionKey.DEVELOPER.authorization(Stacks.REGION, "s3"));
  }

  /** Gives up after a while: without a permission that the user took away, it never is. */
  private boolean isStoredSoon() throws IOException, InterruptedException {
    var dynamoDb = JsonClient.dynamoDb(started.address(), Stacks.REGION);
    Map<String, Object> count =
        Map.of(
            "TableName", started.application().tables().getFirst().name(),
            "Select", "COUNT",
            "KeyConditionExpression", "#user = :user",
            "ExpressionAttributeNames", Map.of("#user", "user"),
            "ExpressionAttributeValues", Map.of(":user", Map.of("S", SampleArchive.USER)));
    long since = System.nanoTime();
    while (System.nanoTime() - since < PATIENCE.toNanos()) {
      JsonNode answer = dynamoDb.call(SessionKey.DEVELOPER, "Query", count);
      if (answer.path("Count").asInt() >= SampleArchive.size()) {
        return true;
      }
      Thread.sleep(POLL_PAUSE);
    }
    return false;
  }
}
