package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.queue.InMemoryQueue;
import rediscover.likes.queue.LikesQueue;
import rediscover.support.Environment;
import rediscover.support.RecordingContext;
import rediscover.support.aws.BufferedHttpClient;
import rediscover.support.aws.UnwillingService;
import rediscover.support.aws.UnwillingService.Mood;
import rediscover.support.event.Serialization;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

@ParameterizedClass
@EnumSource(Serialization.class)
class ArchiveImporterHandlerTest {
  private static final UserName SAMPLE = new UserName("sample");
  private static final String TWO_LIKES =
      "window.YTD.like.part0 = [{\"like\":{\"tweetId\":\"20\"}},{\"like\":{\"tweetId\":\"21\"}}]";

  /** A region without any hosts: a request that left the process would fail. */
  private static final Environment SOMEWHERE =
      new Environment(Map.of("AWS_REGION", "test-1", "LIKES_QUEUE_URL", InMemoryQueue.URL));

  @Parameter private Serialization serialization;

  private final InMemoryBucket s3 = new InMemoryBucket();
  private final InMemoryQueue sqs = new InMemoryQueue();
  private final RecordingContext context = new RecordingContext();
  private final ArchiveImporterHandler handler =
      new ArchiveImporterHandler(s3, new LikesQueue(sqs, InMemoryQueue.URL));

  @Test
  void theArchivesLikesAreSent() {
    s3.put("sample/like.js", TWO_LIKES);

    handler.handleRequest(event("s3-archive.json"), context);

    assertThat(sqs.messages())
        .containsExactly(new LikesMessage(SAMPLE, List.of(Like.of("20"), Like.of("21"))));
    assertThat(context.log()).containsExactly(imported(2, 1));
  }

  @Test
  void anEmptyArchiveIsDoneAtOnce() {
    s3.put("sample/like.js", "window.YTD.like.part0 = []");
    handler.handleRequest(event("s3-archive.json"), context);
    assertThat(sqs.messages()).isEmpty();
    assertThat(context.log()).containsExactly(imported(0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sample/like+%281%29.js", "sample/data/like-part1.js", "SAMPLE/x.js"})
  void theKeySaysWhoseLikesTheyAre(String key) {
    S3Event event = uploadOf(key);
    s3.put(event.getRecords().getFirst().getS3().getObject().getUrlDecodedKey(), TWO_LIKES);

    handler.handleRequest(event, context);

    assertThat(sqs.messages()).extracting(LikesMessage::user).containsExactly(SAMPLE);
  }

  @Test
  void aKeyWithoutAUserIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handler.handleRequest(event("s3-bad-key.json"), context))
        .withMessage("The object's key is not of the form {user}/like.js");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sample/", "sample/.js", "sample/like.zip", "/like.js", "a-b/like.js"})
  void otherKeysAreRefusedToo(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handler.handleRequest(uploadOf(key), context))
        .withMessageStartingWith("The object's key");
  }

  @Test
  void anObjectThatIsGoneIsAnError() {
    assertThatExceptionOfType(NoSuchKeyException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context));
  }

  @Test
  void anotherFileIsAnError() {
    s3.put("sample/like.js", "PK");
    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context));
    assertThat(context.log()).isEmpty();
  }

  @Test
  void entriesWithoutATweetIdFailTheImportAfterTheOthersAreSent() {
    s3.put("sample/like.js", "x=[{\"like\":{}},{\"like\":{\"tweetId\":\"20\"}}]");

    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context))
        .withMessageContaining("1 of 2 entries", "entry 1");

    assertThat(sqs.messages()).containsExactly(new LikesMessage(SAMPLE, List.of(Like.of("20"))));
    assertThat(context.log()).containsExactly(imported(1, 1));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("the file ends", "", "it is not JSON, or it is cut off, near entry 250"),
        fault("cut off in an entry", ",{\"like\":{\"tweetId\":\"2", "cut off, near entry 251"),
        fault("no JSON", ",oops]", "it is not JSON, or it is cut off, near entry 250"),
        fault("another archive", "] x=[{}]", "something follows the array, near entry 250"),
        fault("nested garbage", "," + "[".repeat(100_000), "nested too deeply"),
        fault("a gigantic text", ",{\"like\":{\"fullText\":\"" + "a".repeat(2_000_000), "too long"),
        fault("a gigantic name", ",{\"" + "a".repeat(2_000_000) + "\":1}]", "too long"),
        fault("a gigantic number", ",{\"like\":" + "1".repeat(2_000_000) + "}]", "too long"),
        fault("a null character", "\u0000]", "it is not JSON, or it is cut off"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void theLikesBeforeAFaultAreSentAndTheFaultIsNamed(String what, String rest, String reason) {
    String likes =
        IntStream.range(0, 250)
            .mapToObj("{\"like\":{\"tweetId\":\"%d\"}}"::formatted)
            .collect(Collectors.joining(",", "window.YTD.like.part0 = [", ""));
    s3.put("sample/like.js", likes + rest);

    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context))
        .withMessageStartingWith("This is not the like.js of an X archive: ")
        .withMessageContaining(reason);
    assertThat(sqs.messages().stream().mapToInt(message -> message.likes().size()).sum())
        .isEqualTo(250);
    assertThat(context.log()).isEmpty();
  }

  static Stream<Arguments> otherFiles() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream compressed = new GZIPOutputStream(gzip)) {
      compressed.write(TWO_LIKES.getBytes(UTF_8));
    }
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("a zip", "PK\u0003\u0004".getBytes(UTF_8)),
        Arguments.of("a gzip", gzip.toByteArray()),
        Arguments.of("UTF-16 with its mark", TWO_LIKES.getBytes(UTF_16)),
        Arguments.of("UTF-16", TWO_LIKES.getBytes(UTF_16LE)),
        Arguments.of("Latin-1", TWO_LIKES.replace("}]", "},\"é\"]").getBytes(ISO_8859_1)),
        Arguments.of("JSON", "[{\"like\":{\"tweetId\":\"20\"}}]".getBytes(UTF_8)),
        Arguments.of("HTML", "<!DOCTYPE html><a href='x'>Your archive</a>".getBytes(UTF_8)),
        Arguments.of("any bytes", anyBytes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherFiles")
  void aFileThatIsNoLikeJsIsAnError(String what, byte[] file) {
    s3.put("sample/like.js", new ByteArrayInputStream(file));

    assertThatExceptionOfType(MalformedArchiveException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context))
        .withMessageStartingWith("This is not the like.js of an X archive: ");
    assertThat(context.log()).isEmpty();
  }

  private static byte[] anyBytes() {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static Arguments fault(String what, String rest, String reason) {
    return Arguments.of(what, rest, reason);
  }

  @Test
  void aConnectionThatEndsEarlyIsAnErrorEvenWhereTheFileLooksComplete() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        S3Client overHttp = clientOf(server)) {
      Thread.startVirtualThread(() -> answerAndHangUp(server, TWO_LIKES, TWO_LIKES.length() + 1));
      ArchiveImporterHandler importer =
          new ArchiveImporterHandler(overHttp, new LikesQueue(sqs, InMemoryQueue.URL));

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> importer.handleRequest(event("s3-archive.json"), context))
          .withMessage("The archive could not be read from S3");
      assertThat(context.log()).isEmpty();
    }
  }

  @Test
  void aMessageThatTheQueueRefusesStopsTheImport() {
    GeneratedArchive archive = new GeneratedArchive(100_000);
    s3.put("sample/like.js", archive);
    refuseMessages();

    assertThatExceptionOfType(MessageNotSentException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context))
        .withMessage("Not all likes were sent to the queue: not authorized")
        .withCauseInstanceOf(SqsException.class);
    assertThat(archive.made()).isLessThan(10_000);
    assertThat(context.log()).isEmpty();
  }

  @Test
  void theLastMessageThatTheQueueRefusesIsAnErrorToo() {
    s3.put("sample/like.js", TWO_LIKES);
    refuseMessages();
    assertThatExceptionOfType(MessageNotSentException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context));
  }

  @Test
  void aRefusedMessageCountsForMoreThanAMalformedPlace() {
    s3.put("sample/like.js", "x=[{\"like\":{\"tweetId\":\"20\"}},oops]");
    refuseMessages();
    assertThatExceptionOfType(MessageNotSentException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context));
  }

  private void refuseMessages() {
    sqs.beforeSend(
        message -> {
          throw SqsException.builder().message("not authorized").build();
        });
  }

  @Test
  void anArchiveOfAnySizeIsImportedWithFewLikesInMemory() {
    int likes = 100_000;
    GeneratedArchive archive = new GeneratedArchive(likes);
    s3.put("sample/like.js", archive);
    SlowQueue slowQueue = new SlowQueue(archive);

    new ArchiveImporterHandler(s3, new LikesQueue(slowQueue, InMemoryQueue.URL))
        .handleRequest(event("s3-archive.json"), context);

    assertThat(slowQueue.likes()).isEqualTo(likes);
    assertThat(slowQueue.mostAtOnce()).isEqualTo(QueueSender.BOUND);
    // What is under way, what is being packed, and what the readers have in their buffers.
    assertThat(slowQueue.mostLikesInMemory()).isLessThan(2 * QueueSender.BOUND * 100);
    assertThat(context.log()).containsExactly(imported(100_000, 1_000));
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void aQueueThatDoesNotTakeMessagesInTimeStopsTheImport(Mood mood) {
    s3.put("sample/like.js", TWO_LIKES);
    try (UnwillingService service = new UnwillingService(mood, "sample");
        SqsClient client = service.client(SqsClient::builder)) {
      ArchiveImporterHandler importer =
          new ArchiveImporterHandler(s3, new LikesQueue(client, InMemoryQueue.URL));

      assertStopsInTime(importer)
          .isInstanceOf(MessageNotSentException.class)
          .hasMessageStartingWith("Not all likes were sent to the queue: ");
    }
    assertThat(context.log()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void aBucketThatDoesNotAnswerInTimeStopsTheImport(Mood mood) {
    try (UnwillingService service = new UnwillingService(mood, "sample");
        S3Client client = service.client(S3Client::builder)) {
      assertStopsInTime(new ArchiveImporterHandler(client, new LikesQueue(sqs, InMemoryQueue.URL)))
          .isInstanceOf(SdkException.class);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anArchiveThatTakesTooLongIsSentAsFarAsTheTimeGoes() {
    String entry = "{\"like\":{\"tweetId\":\"20\"}},";
    s3.put("sample/like.js", new EndlessStream("a = [", entry));

    // Either the archive or the queue notices first.
    assertStopsInTime(handler).hasMessageContaining("The invocation has no time left");
    assertThat(sqs.messages()).isNotEmpty();
    assertThat(context.log()).isEmpty();
  }

  private AbstractThrowableAssert<?, ?> assertStopsInTime(ArchiveImporterHandler importer) {
    return assertThat(
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () ->
                catchThrowable(
                    () ->
                        importer.handleRequest(
                            event("s3-archive.json"), new RecordingContext(5_000)))));
  }

  @Test
  void anEventFromElsewhereIsRefused() {
    S3EventNotificationRecord fromElsewhere =
        new S3EventNotificationRecord(null, null, "aws:sqs", null, null, null, null, null, null);
    for (S3Event foreign : List.of(new S3Event(null), new S3Event(List.of(fromElsewhere)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.handleRequest(foreign, context))
          .withMessage("This event is not from S3");
    }
  }

  @Test
  void theRehearsalGoesTheUsualWay() {
    assertThatNoException().isThrownBy(() -> ArchiveImporterHandler.REHEARSAL.perform(SOMEWHERE));
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(ArchiveImporterHandler::new)
        .withMessageContaining("ARCHIVE_BUCKET");
  }

  /** A client that speaks HTTP as the function's own does. */
  private static S3Client clientOf(ServerSocket server) {
    return S3Client.builder()
        .httpClient(new BufferedHttpClient())
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }

  private static void answerAndHangUp(ServerSocket server, String body, int promisedLength) {
    try (Socket connection = server.accept()) {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      while (!request.readLine().isEmpty()) {
        // The request's headers end with an empty line.
      }
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s";
      connection.getOutputStream().write(answer.formatted(promisedLength, body).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private S3Event event(String name) {
    return serialization.event(name, S3Event.class);
  }

  private static S3Event uploadOf(String encodedKey) {
    S3Entity uploaded =
        new S3Entity(
            "ArchiveUploaded",
            new S3BucketEntity(InMemoryBucket.NAME, null, null),
            new S3ObjectEntity(encodedKey, 1L, null, null, null),
            "1.0");
    return new S3Event(
        List.of(
            new S3EventNotificationRecord(
                "us-east-1",
                "ObjectCreated:Put",
                "aws:s3",
                null,
                "2.1",
                null,
                null,
                uploaded,
                null)));
  }

  private static String imported(int likes, int messages) {
    return "INFO {\"message\":\"imported\",\"user\":\"sample\",\"likes\":%d,\"messages\":%d}"
        .formatted(likes, messages);
  }
}
