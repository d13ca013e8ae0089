package rediscover.keychecker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The key that opens the API. It keeps only a hash, so the key cannot leak from here. */
final class AccessKey {

  /** The shortest holds 128 random bits in hexadecimal digits. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{32,512}");

  private final byte[] hash;

  private AccessKey(byte[] hash) {
    this.hash = hash;
  }

  /**
   * @param value the key. Blanks and line breaks around it are ignored
   * @throws IllegalArgumentException if it is short enough to guess, or cannot be part of a link.
   *     The message does not contain the value
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
   * Whether {@code presented} is this key. The time does not depend on where the two differ, so
   * nobody can guess the key letter by letter.
   */
  boolean matches(String presented) {
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
