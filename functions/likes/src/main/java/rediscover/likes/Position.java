package rediscover.likes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A place on the ring on which a user's likes lie. A like's position follows from its tweet id
 * alone, so that it is stored once however often it arrives, and it is a hash, so that the likes
 * lie evenly and in no order that a reader would notice.
 *
 * @param value 32 hexadecimal digits in lower case; positions are ordered as these strings are
 */
public record Position(String value) {
  private static final int BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public Position {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A position is 32 hexadecimal digits in lower case");
    }
  }

  /** Where this like lies. */
  public static Position of(Like like) {
    return ofTweet(like.tweetId());
  }

  /** Where the like of this tweet lies. */
  public static Position ofTweet(String tweetId) {
    byte[] hash = sha256().digest(tweetId.getBytes(UTF_8));
    return ofBytes(Arrays.copyOf(hash, BYTES));
  }

  /** Any place on the ring, each as likely as the other. */
  public static Position random(RandomGenerator generator) {
    byte[] bytes = new byte[BYTES];
    generator.nextBytes(bytes);
    return ofBytes(bytes);
  }

  /**
   * A position that somebody sent, for instance as a cursor.
   *
   * @throws IllegalArgumentException if it is none; it does not quote what was sent
   */
  public static Position parse(String value) {
    return new Position(value);
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
