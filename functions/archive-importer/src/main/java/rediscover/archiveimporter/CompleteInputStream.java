package rediscover.archiveimporter;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that must not end early. Java's HTTP client takes a connection that breaks for the end
 * of the body, and a file cut off between two likes would not show it.
 */
final class CompleteInputStream extends FilterInputStream {
  private final long length;
  private long read;

  /**
   * @param length in bytes
   */
  CompleteInputStream(InputStream in, long length) {
    super(in);
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value == -1 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int max) throws IOException {
    int number = super.read(buffer, offset, max);
    count(number);
    return number;
  }

  private void count(int number) throws EOFException {
    if (number != -1) {
      read += number;
    } else if (read < length) {
      throw new EOFException("The object ended after %d of %d bytes".formatted(read, length));
    }
  }
}
