package rediscover.archiveimporter;

import java.util.concurrent.atomic.AtomicInteger;
import rediscover.likes.message.LikesMessage;
import rediscover.support.Gathering;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * A queue that keeps nothing but counts how far the reader of the archive runs ahead of it. It
 * takes the first messages only when as many as the importer allows are there.
 */
final class SlowQueue implements SqsClient {
  private final GeneratedArchive archive;
  private final Gathering together = new Gathering(QueueSender.BOUND);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger likes = new AtomicInteger();
  private final AtomicInteger mostLikesInMemory = new AtomicInteger();

  SlowQueue(GeneratedArchive archive) {
    this.archive = archive;
  }

  int likes() {
    return likes.get();
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  int mostLikesInMemory() {
    return mostLikesInMemory.get();
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    together.join();
    mostLikesInMemory.accumulateAndGet(archive.made() - likes.get(), Math::max);
    likes.addAndGet(LikesMessage.parse(request.messageBody()).likes().size());
    underWay.decrementAndGet();
    return SendMessageResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }
}
