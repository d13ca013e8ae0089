package rediscover.keychecker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The key that opens the API. Only its hash is kept: what is not there cannot be told. */
final class AccessKey {

  /** The shortest has the 128 bits of a random key in hexadecimal digits. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{32,512}");

  private final byte[] hash;

  private AccessKey(byte[] hash) {
    this.hash = hash;
  }

  /**
   * @param value the key; blanks and line breaks around it do not matter
   * @throws IllegalArgumentException if it is short enough to be guessed, or could not stand in a
   *     link; the message does not hold the value
   */
  static AccessKey parse(String value) {
    String key = value.strip();
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "32 to 512 letters, digits, - and _ are expected, found something else");
    }
    return new AccessKey(hash(key));
  }

  /**
   * Whether somebody presents this key. It takes the same time wherever the two begin to differ, so
   * that nobody finds the key letter by letter.
   */
  boolean is(String presented) {
    return MessageDigest.isEqual(hash, hash(presented));
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
