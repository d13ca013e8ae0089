package rediscover.likes.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a service counts when it limits a message. */
final class Utf8 {
  private Utf8() {}

  static int length(String text) {
    return text.getBytes(UTF_8).length;
  }
}
