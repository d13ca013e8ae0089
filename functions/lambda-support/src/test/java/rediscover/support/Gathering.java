package rediscover.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets callers go on only when so many of them are there at once. */
public final class Gathering {
  private final CountDownLatch missing;

  public Gathering(int callers) {
    missing = new CountDownLatch(callers);
  }

  /**
   * Waits for the others.
   *
   * @throws IllegalStateException if they do not come
   */
  public void join() {
    missing.countDown();
    try {
      if (!missing.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            "Too few at a time: " + missing.getCount() + " are missing");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
