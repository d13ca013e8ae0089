package rediscover.randomlike;

import java.time.Duration;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import software.amazon.awssdk.core.exception.SdkException;

/** Outcome of a request. A reason goes to the log, a detail is a sentence for the visitor. */
sealed interface Answer {

  /**
   * @param likesFromX how many likes X returned, each of which X counts; 0 for a stored like
   */
  record Found(UserName user, Like like, int likesFromX) implements Answer {}

  record BadRequest(String detail) implements Answer {}

  record NoLikes() implements Answer {}

  record RateLimited(Duration retryAfter) implements Answer {}

  record XFailed(String reason) implements Answer {}

  record NotSetUp(String reason) implements Answer {}

  /** An AWS service throttles, fails or does not answer. A retry may succeed. */
  record Unavailable(SdkException cause) implements Answer {}

  /** A defect of this function, or a permission that its execution role lacks. */
  record Unexpected(RuntimeException cause) implements Answer {}
}
