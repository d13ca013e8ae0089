package rediscover.randomlike;

import java.time.Duration;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import software.amazon.awssdk.core.exception.SdkException;

/** What came of a request. A reason is for the log, a detail is a sentence for the visitor. */
sealed interface Answer {

  /**
   * @param likesFromX how many likes X gave for it, each of which X counts; 0 if it was stored
   */
  record Found(UserName user, Like like, int likesFromX) implements Answer {}

  record BadRequest(String detail) implements Answer {}

  record NobodyKnown() implements Answer {}

  record RateLimited(Duration retryAfter) implements Answer {}

  record XFailed(String reason) implements Answer {}

  record NotSetUp(String reason) implements Answer {}

  /** A service of AWS throttles, fails or does not answer; a moment later it may. */
  record Unavailable(SdkException cause) implements Answer {}

  record Broken(RuntimeException cause) implements Answer {}
}
