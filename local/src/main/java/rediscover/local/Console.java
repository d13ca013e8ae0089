package rediscover.local;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Prints what the user sees: a line for each part, and the functions' logs. */
final class Console {

  private final PrintStream out;
  private final long started = System.nanoTime();

  Console(PrintStream out) {
    this.out = out;
  }

  /**
   * Starts a part of the run and reports it.
   *
   * @throws StartException if it does not start; the message names the part
   */
  <T> T start(String name, String software, Callable<T> start) {
    long since = System.nanoTime();
    try {
      T part = start.call();
      ready(name, software, since);
      return part;
    } catch (StartException e) {
      throw e;
    } catch (Exception e) {
      throw new StartException(software + " (" + name + ") did not start: " + e, e);
    }
  }

  /** A part is there. */
  void ready(String part, String what, long sinceNanos) {
    print("  %-10s %-48s %4.1f s", part, what, seconds(sinceNanos));
  }

  /** A function's line, with the function in front. */
  void log(String who, String line) {
    print("%-17s %s", "[" + who + "]", line);
  }

  void print(String format, Object... arguments) {
    synchronized (out) {
      out.println(String.format(Locale.ROOT, format, arguments));
    }
  }

  /** Seconds since the start. */
  double elapsed() {
    return seconds(started);
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
