package rediscover.local.http;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * This machine's names in requests.
 *
 * <p>A page can point its own name to 127.0.0.1. It then has the same origin as a server here, and
 * can do what the server's own pages can. But its requests still carry the page's name.
 */
public final class ThisMachine {

  /** The status of a request by another name: 421, Misdirected Request. */
  public static final int MISDIRECTED = 421;

  /**
   * Names that always mean this machine; clients of S3 may put a bucket's name before localhost.
   */
  private static final Pattern NAMES =
      Pattern.compile("(127\\.0\\.0\\.1|\\[::1]|([a-z0-9.-]+\\.)?localhost)(:\\d+)?");

  /** Headers that only browsers send. */
  private static final List<String> OF_BROWSERS = List.of("Origin", "Sec-Fetch-Site");

  private ThisMachine() {}

  /**
   * Whether a request comes from a program and not from a web page.
   *
   * @param header finds one of the request's headers, or null
   * @param others names by which containers know this machine, without the port
   */
  public static boolean isAskedByAProgram(UnaryOperator<String> header, String... others) {
    String host = header.apply("Host");
    boolean named =
        isNamedBy(host)
            || host != null && List.of(others).contains(host.replaceFirst(":\\d+$", ""));
    return named && OF_BROWSERS.stream().map(header).allMatch(Objects::isNull);
  }

  /**
   * Whether a request is meant for this machine.
   *
   * @param host the request's Host header, null if it has none
   */
  public static boolean isNamedBy(String host) {
    return host != null && NAMES.matcher(host).matches();
  }
}
