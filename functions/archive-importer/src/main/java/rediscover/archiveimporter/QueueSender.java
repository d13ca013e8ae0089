package rediscover.archiveimporter;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.queue.LikesQueue;
import rediscover.support.aws.Deadline;

/**
 * Sends several messages at a time. {@link #send} blocks while the queue is slower than the caller,
 * so only a few messages are in memory. Not thread-safe.
 */
final class QueueSender implements AutoCloseable {
  /** The maximum of concurrent messages. SQS answers in milliseconds, so a few are enough. */
  static final int BOUND = 8;

  private final LikesQueue queue;
  private final Deadline deadline;
  private final Semaphore places = new Semaphore(BOUND);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private long messages;

  QueueSender(LikesQueue queue, Deadline deadline) {
    this.queue = queue;
    this.deadline = deadline;
  }

  /**
   * Starts to send a message.
   *
   * @throws MessageNotSentException if an earlier message could not be sent
   */
  void send(LikesMessage message) {
    requireAllSent();
    places.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            queue.send(message, deadline);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
          } finally {
            places.release();
          }
        });
    messages++;
  }

  /** The number of messages passed to {@link #send}. */
  long messages() {
    return messages;
  }

  /** Waits until all messages are sent or failed. */
  @Override
  public void close() {
    threads.close();
  }

  /**
   * Call it after {@link #close}.
   *
   * @throws MessageNotSentException if any message could not be sent
   */
  void requireAllSent() {
    if (failure.get() != null) {
      throw new MessageNotSentException(failure.get());
    }
  }
}
