package rediscover.archiveimporter;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import rediscover.likes.aws.Deadline;

/**
 * Ends the reading of an object at the deadline. The client's own deadline is met as soon as the
 * object begins to arrive, and its read timeout starts anew with every byte.
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
