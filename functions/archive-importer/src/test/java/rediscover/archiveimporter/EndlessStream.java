package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;

/** A beginning and then the same over and over. */
final class EndlessStream extends InputStream {
  private final byte[] refrain;
  private byte[] part;
  private int next;

  EndlessStream(String beginning, String refrain) {
    this.part = beginning.getBytes(UTF_8);
    this.refrain = refrain.getBytes(UTF_8);
  }

  @Override
  public int read() {
    if (next == part.length) {
      part = refrain;
      next = 0;
    }
    return part[next++];
  }
}
