package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;

/** A like.js of any number of likes that is made while it is read. */
final class GeneratedArchive extends InputStream {
  private static final byte[] START = "window.YTD.like.part0 = [\n".getBytes(UTF_8);
  private static final byte[] END = "\n]".getBytes(UTF_8);
  private static final long FIRST_ID = 1_697_051_672_621_597_026L;

  private final int likes;
  private volatile int made;
  private boolean ended;
  private byte[] part = START;
  private int next;

  GeneratedArchive(int likes) {
    this.likes = likes;
  }

  /** The number of likes made so far. */
  int made() {
    return made;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0];
  }

  @Override
  public int read(byte[] buffer, int offset, int max) {
    if (next == part.length) {
      if (ended) {
        return -1;
      }
      makeNextPart();
    }
    int number = Math.min(max, part.length - next);
    System.arraycopy(part, next, buffer, offset, number);
    next += number;
    return number;
  }

  private void makeNextPart() {
    next = 0;
    if (made == likes) {
      part = END;
      ended = true;
    } else {
      part = ((made == 0 ? "" : ",\n") + entry(FIRST_ID + made)).getBytes(UTF_8);
      made++;
    }
  }

  private static String entry(long tweetId) {
    return """
      {
        "like" : {
          "tweetId" : "ID",
          "fullText" : "Any text &amp; somewhat more, such as the address https://t.co/IaCJlkaweW",
          "expandedUrl" : "https://twitter.com/i/web/status/ID"
        }
      }"""
        .replace("ID", Long.toString(tweetId));
  }
}
