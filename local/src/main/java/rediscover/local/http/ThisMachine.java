package rediscover.local.http;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The names by which this machine may be asked.
 *
 * <p>A page whose name its owner points to 127.0.0.1 is of the same origin as a server there, and
 * can do with it whatever the server's own pages can. Its requests still carry its name.
 */
public final class ThisMachine {

  /** The status for whoever asks by another name: 421, Misdirected Request. */
  public static final int MISDIRECTED = 421;

  /** Names that nobody can point elsewhere; below localhost a client may put a bucket's name. */
  private static final Pattern NAMES =
      Pattern.compile("(127\\.0\\.0\\.1|\\[::1]|([a-z0-9.-]+\\.)?localhost)(:\\d+)?");

  /** Headers that browsers alone send. */
  private static final List<String> OF_BROWSERS = List.of("Origin", "Sec-Fetch-Site");

  private ThisMachine() {}

  /**
   * Whether a request comes from a program and not from a page, of whatever name, where no page has
   * any business.
   *
   * @param header finds one of the request's headers, or null
   */
  public static boolean isAskedByAProgram(UnaryOperator<String> header) {
    return isNamedBy(header.apply("Host")) && !isOfABrowser(header);
  }

  /**
   * The same for a server that other machines know by another name, such as containers.
   *
   * @param name without the port
   */
  public static boolean isAskedByAProgram(UnaryOperator<String> header, String name) {
    String host = header.apply("Host");
    boolean named = host != null && host.replaceFirst(":\\d+$", "").equals(name);
    return (named || isNamedBy(host)) && !isOfABrowser(header);
  }

  private static boolean isOfABrowser(UnaryOperator<String> header) {
    return OF_BROWSERS.stream().map(header).anyMatch(Objects::nonNull);
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
