package rediscover.local.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret of this run, without which the servers behind the front door answer nobody. A page
 * whose name points to this machine does not have it, nor has any other program.
 */
public final class RunKey {

  public static final String HEADER = "X-Rediscover-Key";

  /** The variable with the key, for a process of the run. */
  public static final String VARIABLE = "REDISCOVER_KEY";

  private static final String VALUE = random();

  private RunKey() {}

  public static String value() {
    return VALUE;
  }

  /**
   * Whether a request may pass.
   *
   * @param header the value of {@link #HEADER}, null if it has none
   */
  public static boolean is(String header) {
    return header != null
        && MessageDigest.isEqual(
            VALUE.getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
  }

  /** A new key that cannot be guessed. */
  public static String random() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
