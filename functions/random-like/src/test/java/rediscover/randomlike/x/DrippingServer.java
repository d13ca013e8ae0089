package rediscover.randomlike.x;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every call with a beginning and then ten bytes a second, until the caller hangs up. */
final class DrippingServer implements AutoCloseable {

  private static final int PAUSE_MILLIS = 100;

  private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final String beginning;
  private final String drop;

  /**
   * @param beginning what is sent at once
   * @param drop what drips afterwards; nothing if it is empty
   */
  DrippingServer(String beginning, String drop) throws IOException {
    this.beginning = beginning;
    this.drop = drop;
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  int calls() {
    return calls.get();
  }

  /** Whether a caller hangs up; waits for it. */
  boolean isHungUpOn() throws InterruptedException {
    return hungUp.await(1, TimeUnit.MINUTES);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket caller = listener.accept()) {
        calls.incrementAndGet();
        drip(caller);
        hungUp.countDown();
      } catch (IOException e) {
        // The caller is gone in the middle of a byte, or this server was closed.
        hungUp.countDown();
      }
    }
  }

  /** Returns when the caller has hung up. */
  private void drip(Socket caller) throws IOException {
    caller.setSoTimeout(PAUSE_MILLIS);
    OutputStream out = caller.getOutputStream();
    out.write(beginning.getBytes(US_ASCII));
    while (true) {
      try {
        if (caller.getInputStream().read() == -1) {
          return;
        }
      } catch (SocketTimeoutException theCallerIsThereAndSilent) {
        out.write(drop.getBytes(US_ASCII));
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
