package rediscover.local.application;

import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The keys of a role's session, as Lambda gives them to a function. They open nothing but the
 * embedded run, which tells by them who is calling.
 */
public record SessionKey(String accessKeyId, String secretAccessKey, String token) {

  /** Keys that were never used before. */
  public static SessionKey create() {
    return new SessionKey("ASIA" + random(8).toUpperCase(Locale.ROOT), random(20), random(20));
  }

  private static String random(int bytes) {
    byte[] value = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
