package rediscover.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** The parts that have started. They close in reverse order. */
final class Parts implements AutoCloseable {

  private final Console console;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  Parts(Console console) {
    this.console = console;
  }

  /**
   * Remembers a part.
   *
   * @throws StartException if all is closed already, as by Ctrl-C: then this part is closed, too
   */
  synchronized <T extends AutoCloseable> T keep(T part) {
    if (closed) {
      close(part);
      throw new StartException("it is being stopped");
    }
    started.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  /** What cannot be closed must not keep the others from it. */
  private void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      console.print("while stopping: %s", e);
    }
  }
}
