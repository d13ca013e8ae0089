package rediscover.archiveimporter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rediscover.likes.UserName;
import rediscover.likes.message.MessagePacker;
import rediscover.likes.queue.LikesQueue;
import rediscover.support.LogLine;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.ServiceClients;
import rediscover.support.event.Records;
import rediscover.support.rehearsal.Rehearsal;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Sends the likes of an uploaded X archive to the queue. The object's key names the user: {@code
 * {user}/like.js}. S3 invokes it asynchronously, so it throws every failure: Lambda retries the
 * event and finally sends it to the on-failure destination.
 */
public final class ArchiveImporterHandler implements RequestHandler<S3Event, Void> {
  private static final Pattern KEY = Pattern.compile("([^/]+)/.+\\.js");

  /** The environment variable with the name of the archive bucket. */
  private static final String BUCKET_VARIABLE = "ARCHIVE_BUCKET";

  static final Rehearsal<S3Event, Void> REHEARSAL =
      new Rehearsal<>(
          ArchiveImporterHandler::new,
          new ArchiveImporterSerializer(),
          """
          {"Records": [{"s3": {"bucket": {"name": "archives"}, "object": {"key": "a/like.js"}}}]}
          """,
          operation ->
              operation.equals("GET")
                  ? "likes = [{\"like\": {\"tweetId\": \"1\"}}]"
                  : LikesQueue.REHEARSED_ANSWER);

  private final S3Client s3;
  private final LikesQueue queue;

  /** Wired from the environment, as Lambda calls it. */
  public ArchiveImporterHandler() {
    ServiceClients clients = ServiceClients.ofProcess();
    // S3 has a host for each bucket.
    clients.connectAhead(clients.environment().required(BUCKET_VARIABLE) + ".s3", 1);
    clients.connectAhead("sqs", 1);
    this(clients);
    Rehearsal.play(clients, List.of(REHEARSAL));
  }

  private ArchiveImporterHandler(ServiceClients clients) {
    this(clients.build("s3", S3Client::builder), LikesQueue.fromEnvironment(clients));
  }

  ArchiveImporterHandler(S3Client s3, LikesQueue queue) {
    this.s3 = s3;
    this.queue = queue;
  }

  /**
   * @throws IllegalArgumentException if the event is not from S3, or an object's key does not begin
   *     with a user's name
   * @throws MalformedArchiveException if an object is not the like.js of an X archive
   * @throws MessageNotSentException if the queue did not accept all likes in time
   * @throws ApiCallTimeoutException if the archive could not be read in time
   */
  @Override
  public Void handleRequest(S3Event event, Context context) {
    Deadline deadline = Deadline.of(context);
    for (S3EventNotificationRecord record :
        Records.from("S3", event.getRecords(), S3EventNotificationRecord::getS3)) {
      importArchive(record.getS3(), deadline, context);
    }
    return null;
  }

  private void importArchive(S3Entity uploaded, Deadline deadline, Context context) {
    String key = uploaded.getObject().getUrlDecodedKey();
    UserName user = userOf(key);
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(uploaded.getBucket().getName())
            .key(key)
            .overrideConfiguration(deadline.forCall())
            .build();
    try (InputStream object = new StreamWithDeadline(s3.getObject(request), deadline)) {
      sendLikes(user, object, deadline, context);
    } catch (IOException e) {
      throw new UncheckedIOException("The archive could not be read from S3", e);
    }
  }

  private void sendLikes(UserName user, InputStream file, Deadline deadline, Context context)
      throws IOException {
    LikeArchive archive = new LikeArchive(file);
    MessagePacker packer = new MessagePacker(user);
    QueueSender sender = new QueueSender(queue, deadline);
    try (sender) {
      sendAll(archive, packer, sender);
    } finally {
      // What the queue refused counts for more than what is wrong with the file: a retry may help.
      sender.requireAllSent();
    }
    LogLine.info("imported")
        .with("user", user.value())
        .with("likes", archive.likes())
        .with("messages", sender.messages())
        .log(context);
    archive.requireAllUsable();
  }

  /** Also sends the likes before a malformed place of the file. */
  private static void sendAll(LikeArchive archive, MessagePacker packer, QueueSender sender)
      throws IOException {
    try {
      archive.forEach(like -> packer.add(like).ifPresent(sender::send));
    } finally {
      packer.last().ifPresent(sender::send);
    }
  }

  private static UserName userOf(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new IllegalArgumentException("The object's key is not of the form {user}/like.js");
    }
    try {
      return new UserName(parts.group(1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The object's key does not begin with a user name: " + e.getMessage(), e);
    }
  }
}
