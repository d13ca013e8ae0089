package rediscover.likes.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Counts the bytes of a text, as services do for their limits. */
final class Utf8 {
  private Utf8() {}

  static int length(String text) {
    return text.getBytes(UTF_8).length;
  }
}
