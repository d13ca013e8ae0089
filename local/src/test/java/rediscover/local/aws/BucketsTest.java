package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.FakeFunction;
import rediscover.local.FakeSqs;
import rediscover.local.LoopbackServer;
import rediscover.local.Raw;
import rediscover.local.TestStack;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads with AWS's own client; the tests share the bucket, so each has a folder of its own. */
class BucketsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path home;

  private static final List<String> log = new CopyOnWriteArrayList<>();
  private static TestStack stack;
  private static FakeFunction function;
  private static FakeSqs destinations;
  private static Buckets buckets;
  private static LoopbackServer server;
  private static S3Client s3;
  private static String bucket;

  private final String folder = UUID.randomUUID().toString();

  @Test
  void nobodyElseIsLetIn() throws Exception {
    assertThat(Raw.send(buckets.address(), "GET", "/" + bucket, "Host: evil.example"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(Raw.send(buckets.address(), "PUT", "/" + bucket + "/like.js", "X-Rediscover-Key: 0"))
        .startsWith("HTTP/1.1 403 ");
  }

  @BeforeAll
  static void start() throws Exception {
    stack = TestStack.read(home);
    bucket = stack.application().buckets().getFirst().name();
    function = new FakeFunction(stack.function("ArchiveImporterFunction"));
    destinations = new FakeSqs();
    var invocations = stack.invocations(function, home.resolve("events"), destinations, log::add);
    buckets =
        Buckets.start(
            home.resolve("buckets"), TestStack.REGION, stack.application().buckets(), invocations);
    server = new LoopbackServer(buckets::handle);
    s3 =
        S3Client.builder()
            .endpointOverride(server.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .forcePathStyle(true)
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
    server.close();
    buckets.close();
    destinations.close();
  }

  @Test
  void anUploadIsToldInTheFormOfS3() throws Exception {
    String key = folder + "/like.js";

    String tag =
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("likes")).eTag();

    JsonNode record = toldOf(key);
    JsonNode real = JSON.readTree(Path.of("../events/s3-archive.json").toFile()).at("/Records/0");
    for (String part : List.of("", "/s3", "/s3/bucket")) {
      real.at(part)
          .fieldNames()
          .forEachRemaining(field -> assertThat(record.at(part).has(field)).as(field).isTrue());
    }
    assertThat(record.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(record.path("eventSource").asText()).isEqualTo("aws:s3");
    assertThat(record.at("/s3/bucket/name").asText()).isEqualTo(bucket);
    assertThat(record.at("/s3/bucket/arn").asText()).isEqualTo(stack.bucketArn());
    assertThat(record.at("/s3/object/size").asInt()).isEqualTo(5);
    assertThat(record.at("/s3/object/eTag").asText()).isEqualTo(tag.replace("\"", ""));
  }

  @Test
  void theKeyIsEncodedAsInAForm() throws Exception {
    String key = folder + "/é b+c/like.js";

    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("likes"));

    assertThat(toldOf(folder + "/%C3%A9+b%2Bc/like.js")).isNotNull();
  }

  @Test
  void aLargeUploadIsToldOnceWhenAllOfItIsThere() throws Exception {
    String key = folder + "/like.js";
    String upload = s3.createMultipartUpload(create -> create.bucket(bucket).key(key)).uploadId();
    String tag =
        s3.uploadPart(
                part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromBytes(new byte[1000]))
            .eTag();
    awaitAllTold();
    assertThat(told(folder)).isEmpty();

    s3.completeMultipartUpload(
        complete ->
            complete
                .bucket(bucket)
                .key(key)
                .uploadId(upload)
                .multipartUpload(
                    parts -> parts.parts(CompletedPart.builder().partNumber(1).eTag(tag).build())));

    assertThat(toldOf(key).path("eventName").asText())
        .isEqualTo("ObjectCreated:CompleteMultipartUpload");
    awaitAllTold();
    assertThat(told(folder)).hasSize(1);
    assertThat(told(".s3proxy")).isEmpty();
  }

  @Test
  void aCopyIsTold() throws Exception {
    s3.putObject(
        put -> put.bucket(bucket).key(folder + "/like.txt"), RequestBody.fromString("likes"));

    s3.copyObject(
        copy ->
            copy.sourceBucket(bucket)
                .sourceKey(folder + "/like.txt")
                .destinationBucket(bucket)
                .destinationKey(folder + "/like.js"));

    assertThat(toldOf(folder + "/like.js").path("eventName").asText())
        .isEqualTo("ObjectCreated:Copy");
  }

  @Test
  void whatNobodyAskedForIsNotTold() throws Exception {
    s3.putObject(
        put -> put.bucket(bucket).key(folder + "/photo.jpg"), RequestBody.fromString("photo"));
    s3.putObject(
        put -> put.bucket(bucket).key(folder + "/like.js"), RequestBody.fromString("likes"));
    toldOf(folder + "/like.js");
    s3.deleteObject(delete -> delete.bucket(bucket).key(folder + "/like.js"));

    awaitAllTold();
    assertThat(told(folder)).hasSize(1);
  }

  @Test
  void whatMayNotBeToldIsStoredAllTheSame() {
    String permission = "ArchiveImporterFunction/ArchiveImporterBucketPermission";
    stack.access().switchStatement(permission, false);
    try {
      s3.putObject(
          put -> put.bucket(bucket).key(folder + "/like.js"), RequestBody.fromString("likes"));
    } finally {
      stack.access().switchStatement(permission, true);
    }

    assertThat(
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(folder + "/like.js")).asUtf8String())
        .isEqualTo("likes");
    awaitAllTold();
    assertThat(told(folder)).isEmpty();
    assertThat(log).anyMatch(line -> line.contains("s3.amazonaws.com"));
  }

  private static JsonNode toldOf(String encodedKey) throws Exception {
    await().until(() -> !told(encodedKey).isEmpty());
    JsonNode record = JSON.readTree(told(encodedKey).getFirst()).at("/Records/0");
    assertThat(record.at("/s3/object/key").asText()).isEqualTo(encodedKey);
    return record;
  }

  /**
   * Whatever is told of an upload is accepted before the upload is answered, and kept until then.
   */
  private static void awaitAllTold() {
    await().untilAsserted(() -> assertThat(home.resolve("events")).isEmptyDirectory());
  }

  private static List<String> told(String part) {
    return function.events().stream().filter(event -> event.contains(part)).toList();
  }
}
