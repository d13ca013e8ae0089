package rediscover.archiveimporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.lambda.RecordingContext;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.queue.InMemoryQueue;
import rediscover.likes.queue.LikesQueue;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class ArchiveImporterHandlerTest {
  private static final UserName SAMPLE = UserName.of("sample");
  private static final String TWO_LIKES =
      "window.YTD.like.part0 = [{\"like\":{\"tweetId\":\"20\"}},{\"like\":{\"tweetId\":\"21\"}}]";

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
    assertThat(context.log()).containsExactly("INFO imported 2 likes of sample in 1 messages");
  }

  @Test
  void anEmptyArchiveIsDoneAtOnce() {
    s3.put("sample/like.js", "window.YTD.like.part0 = []");
    handler.handleRequest(event("s3-archive.json"), context);
    assertThat(sqs.messages()).isEmpty();
    assertThat(context.log()).containsExactly("INFO imported 0 likes of sample in 0 messages");
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
    assertThat(context.log()).containsExactly("INFO imported 1 likes of sample in 1 messages");
  }

  @Test
  void aBrokenConnectionIsAnErrorEvenWhereTheFileLooksComplete() {
    GeneratedArchive archive = new GeneratedArchive(300);
    s3.put("sample/like.js", archive, 1_000_000);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context))
        .withMessage("The archive could not be read from S3")
        .havingCause()
        .withMessageContaining("of 1000000 bytes");
    assertThat(context.log()).isEmpty();
  }

  @Test
  void aMessageThatTheQueueRefusesStopsTheImport() {
    GeneratedArchive archive = new GeneratedArchive(100_000);
    s3.put("sample/like.js", archive, 0);
    sqs.beforeSend(
        message -> {
          throw SqsException.builder().message("not authorized").build();
        });

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
    sqs.beforeSend(
        message -> {
          throw SqsException.builder().message("not authorized").build();
        });
    assertThatExceptionOfType(MessageNotSentException.class)
        .isThrownBy(() -> handler.handleRequest(event("s3-archive.json"), context));
  }

  @Test
  void anArchiveOfAnySizeIsImportedWithFewLikesInMemory() {
    int likes = 1_000_000;
    GeneratedArchive archive = new GeneratedArchive(likes);
    s3.put("sample/like.js", archive, 0);
    SlowQueue slowQueue = new SlowQueue(archive);

    new ArchiveImporterHandler(s3, new LikesQueue(slowQueue, InMemoryQueue.URL))
        .handleRequest(event("s3-archive.json"), context);

    assertThat(slowQueue.likes()).isEqualTo(likes);
    assertThat(slowQueue.mostAtOnce()).isEqualTo(QueueSender.BOUND);
    // What is under way, what is being packed, and what the readers have in their buffers.
    assertThat(slowQueue.mostLikesInMemory()).isLessThan(2 * QueueSender.BOUND * 100);
    assertThat(context.log())
        .containsExactly("INFO imported 1000000 likes of sample in 10000 messages");
  }

  @Test
  void anEventFromElsewhereIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> handler.handleRequest(new S3Event(null), context))
        .withMessage("This event is not from S3");
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(ArchiveImporterHandler::new)
        .withMessageContaining("LIKES_QUEUE_URL");
  }

  private static S3Event event(String name) {
    return EventLoader.loadS3Event("events/" + name);
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
}
