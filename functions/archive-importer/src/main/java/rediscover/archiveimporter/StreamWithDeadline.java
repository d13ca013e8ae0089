package rediscover.archiveimporter;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import rediscover.support.aws.Deadline;

/**
 * Stops reading an object at the deadline. The client's call deadline only covers the time until
 * the object begins to arrive, and its read timeout restarts with every byte.
 */
final class StreamWithDeadline extends FilterInputStream {
  private final Deadline deadline;

  StreamWithDeadline(InputStream object, Deadline deadline) {
    super(object);
    this.deadline = deadline;
  }

  /**
   * @throws software.amazon.awssdk.core.exception.ApiCallTimeoutException if it has passed
   */
  @Override
  public int read() throws IOException {
    deadline.remaining();
    return super.read();
  }

  /** As {@link #read()} does. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    deadline.remaining();
    return super.read(bytes, offset, length);
  }
}
