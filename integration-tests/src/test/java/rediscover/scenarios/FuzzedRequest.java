package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A request of whatever form.
 *
 * @param wellFormed whether it is HTTP; what is said of method and target holds only then
 * @param after the cursor in it
 */
record FuzzedRequest(
    String method, String target, Optional<String> after, boolean wellFormed, byte[] bytes) {

  private static final List<String> METHODS =
      List.of("POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "X");
  private static final List<String> NAMES = List.of("sample", "SAMPLE", "a", "fifteen_letters");
  private static final List<String> PATHS =
      List.of("/u", "/u/", "/x/sample", "/u/sample/", "/u//", "/u/a/b", "/U/sample", "/%75/sample");
  private static final List<String> CURSORS =
      List.of("f5ca38f748a1d6eaf726b8a42fb575c3", "00000000000000000000000000000000");

  /** What HTTP takes for a header that is none of its own. */
  private static final String VALUES = "abc 012,;=\"'()<>@[]{}?*\t\u00e9\u00ff";

  private static final List<String> BROKEN_HEADERS =
      List.of(
          "Content-Length: -1",
          "Content-Length: many",
          "Content-Length: 99999999999999999999",
          "Content-Length: 10",
          "Content-Length: 1\r\nContent-Length: 2",
          "Content-Length: 3\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked",
          "Expect: 100-continue",
          "no colon",
          ": no name",
          "a b: c",
          " folded: line",
          "nul\u0000: \u0000");

  static FuzzedRequest next(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> asked(random, oneOf(random, METHODS), "/u/" + name(random));
      case 1 -> asked(random, "GET", oneOf(random, PATHS));
      case 2, 3 -> broken(random);
      default -> asked(random, "GET", "/u/" + name(random));
    };
  }

  private static FuzzedRequest asked(Random random, String method, String path) {
    Optional<String> raw = random.nextInt(3) == 0 ? Optional.of(cursor(random)) : Optional.empty();
    String target = path + raw.map(cursor -> "?after=" + cursor).orElse("");
    String headers =
        random
            .ints(random.nextInt(4), 0, 1_000)
            .mapToObj(i -> "X-Any-" + i + ": " + text(random, VALUES, 60) + "\r\n")
            .collect(Collectors.joining());
    String request =
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headers
            + "\r\n";
    Optional<String> after = raw.filter(FuzzedRequest::isEncoded).map(FuzzedRequest::decoded);
    return new FuzzedRequest(method, target, after, true, request.getBytes(ISO_8859_1));
  }

  /** Bytes of any kind, a request with one byte changed or its end cut off, or a broken header. */
  private static FuzzedRequest broken(Random random) {
    byte[] bytes = asked(random, "GET", "/u/" + name(random)).bytes();
    switch (random.nextInt(4)) {
      case 0 -> random.nextBytes(bytes);
      case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default ->
          bytes =
              "GET /u/sample HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\nabc"
                  .formatted(oneOf(random, BROKEN_HEADERS))
                  .getBytes(ISO_8859_1);
    }
    return new FuzzedRequest("", "", Optional.empty(), false, bytes);
  }

  private static String name(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> oneOf(random, NAMES);
      case 1 -> changed(random, oneOf(random, NAMES));
      case 2 -> encoded(random, 1 + random.nextInt(16));
      case 3 -> "sample" + encoded(random, 1);
      default -> 1 + text(random, "abcXYZ019_-.~!$&'()*+,;=:@%[]{}|\\^`\"<>", 20);
    };
  }

  private static String cursor(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> oneOf(random, CURSORS);
      case 1 -> changed(random, oneOf(random, CURSORS));
      case 2 -> encoded(random, random.nextInt(40));
      default -> text(random, "0123456789abcdefABCDEF+%", 40);
    };
  }

  /** With one character put in, taken out or replaced. */
  private static String changed(Random random, String text) {
    int place = random.nextInt(text.length());
    String put = text(random, "abc019_-.+", 1);
    return text.substring(0, place) + put + text.substring(place + random.nextInt(2));
  }

  private static String encoded(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().withPrefix("%").formatHex(bytes);
  }

  private static boolean isEncoded(String raw) {
    return !raw.replaceAll("%[0-9a-fA-F]{2}", "").contains("%");
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw, UTF_8);
  }

  private static String text(Random random, String characters, int maxLength) {
    return random
        .ints(random.nextInt(maxLength + 1), 0, characters.length())
        .mapToObj(i -> characters.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static <T> T oneOf(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** As it goes over the wire, in one line. */
  @Override
  public String toString() {
    return new String(bytes, ISO_8859_1).replace("\r\n", "⏎");
  }
}
