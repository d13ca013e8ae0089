package rediscover.likes.aws;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * The moment at which all calls of an invocation have to be over, so that the function can still
 * answer. Without one, a call to a service that throttles is tried again for a minute, and Lambda
 * ends the function before it can say what it did not do.
 */
public final class Deadline {
  /**
   * What is left for the answer. On a small share of a processor a batch of failures takes a while
   * to report, and opening a connection cannot be interrupted.
   */
  static final Duration RESERVE = Duration.ofSeconds(2);

  private final long nanoTime;

  private Deadline(Duration fromNow) {
    this.nanoTime = System.nanoTime() + fromNow.toNanos();
  }

  /** Shortly before Lambda ends this invocation. */
  public static Deadline of(Context invocation) {
    return in(Duration.ofMillis(invocation.getRemainingTimeInMillis()).minus(RESERVE));
  }

  /** So long from now. */
  public static Deadline in(Duration fromNow) {
    return new Deadline(fromNow);
  }

  /** The sooner of this one and so long from now. */
  public Deadline within(Duration fromNow) {
    return fromNow.compareTo(left()) < 0 ? in(fromNow) : this;
  }

  /**
   * The time left.
   *
   * @throws ApiCallTimeoutException if there is none
   */
  public Duration remaining() {
    Duration left = left();
    if (!left.isPositive()) {
      throw ApiCallTimeoutException.create("The invocation has no time left", null);
    }
    return left;
  }

  /**
   * Makes the SDK end a call, with all its attempts, at this deadline.
   *
   * @throws ApiCallTimeoutException if it has passed
   */
  public AwsRequestOverrideConfiguration forCall() {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(remaining()).build();
  }

  private Duration left() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }
}
