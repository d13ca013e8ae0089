package rediscover.local.http;

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

  private ThisMachine() {}

  /**
   * Whether a request is meant for this machine.
   *
   * @param host the request's Host header, null if it has none
   */
  public static boolean isNamedBy(String host) {
    return host != null && NAMES.matcher(host).matches();
  }
}
