package rediscover.randomlike.x;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rediscover.likes.UserName;

/**
 * Ends a call that takes too long. A read timeout is not enough, because it restarts with every
 * byte.
 */
final class XApiWithDeadline implements XApi {

  private final XApi api;
  private final Duration deadline;

  XApiWithDeadline(XApi api, Duration deadline) {
    this.api = api;
    this.deadline = deadline;
  }

  /**
   * Calls on a virtual thread. Interrupting a virtual thread that waits for a socket closes the
   * socket, so nothing of the call is left when this returns. See "Interrupting a virtual thread"
   * in <a href="https://openjdk.org/jeps/444">JEP 444</a> and {@link
   * java.net.Socket#getInputStream()}.
   */
  @Override
  public LikedPage likesOf(UserName user, XCredentials credentials) {
    FutureTask<LikedPage> call = new FutureTask<>(() -> api.likesOf(user, credentials));
    Thread.ofVirtual().name("x-api").start(call);
    try {
      return call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new LikedPage.Failed("no complete answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the X client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for X", e);
    } finally {
      call.cancel(true);
    }
  }
}
