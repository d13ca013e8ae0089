package rediscover.likes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A position on the ring of a user's likes. It depends on the tweet ID alone, so a like is stored
 * once however often it arrives. It is a hash, so the likes are spread evenly, in no visible order.
 *
 * @param value 32 hexadecimal digits in lower case. Positions are ordered like these strings
 */
public record Position(String value) {
  private static final int BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /**
   * @param value may come from outside, for example as a cursor
   * @throws IllegalArgumentException if it is malformed. The message does not quote it
   */
  public Position {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A position is 32 hexadecimal digits in lower case");
    }
  }

  /** The position of this like. */
  public static Position of(Like like) {
    byte[] hash = sha256().digest(like.tweetId().getBytes(UTF_8));
    return ofBytes(Arrays.copyOf(hash, BYTES));
  }

  /** A random position, uniformly distributed. */
  public static Position random(RandomGenerator generator) {
    byte[] bytes = new byte[BYTES];
    generator.nextBytes(bytes);
    return ofBytes(bytes);
  }

  private static Position ofBytes(byte[] bytes) {
    return new Position(HexFormat.of().formatHex(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
