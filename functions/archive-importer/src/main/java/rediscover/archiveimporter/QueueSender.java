package rediscover.archiveimporter;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import rediscover.likes.aws.Deadline;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.queue.LikesQueue;

/**
 * Sends messages several at a time. Whoever gives it messages faster than the queue takes them has
 * to wait, so that only a few are in memory. For use by one thread.
 */
final class QueueSender implements AutoCloseable {
  /** The most messages under way at once: SQS answers in milliseconds, so a few are enough. */
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
   * Sends a message, which may still be under way when this returns.
   *
   * @throws MessageNotSentException if one of the messages before could not be sent
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

  /** The number of messages that it was given. */
  long messages() {
    return messages;
  }

  /** Waits until no message is under way. */
  @Override
  public void close() {
    threads.close();
  }

  /**
   * To be asked after closing, when nothing is under way any more.
   *
   * @throws MessageNotSentException if any message could not be sent
   */
  void requireAllSent() {
    if (failure.get() != null) {
      throw new MessageNotSentException(failure.get());
    }
  }
}
