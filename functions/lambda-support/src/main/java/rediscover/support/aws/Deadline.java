package rediscover.support.aws;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * The time by which all calls of an invocation must end, so that the function can still answer.
 * Without it, the SDK retries a throttled call for a minute, and Lambda stops the function before
 * it can report what failed.
 */
public final class Deadline {
  /**
   * The time reserved for the answer. With little CPU, reporting a batch of failures takes a while,
   * and opening a connection cannot be interrupted.
   */
  static final Duration RESERVE = Duration.ofSeconds(2);

  private final long nanoTime;

  private Deadline(Duration fromNow) {
    this.nanoTime = System.nanoTime() + fromNow.toNanos();
  }

  /** Shortly before Lambda stops this invocation. */
  public static Deadline of(Context invocation) {
    return in(Duration.ofMillis(invocation.getRemainingTimeInMillis()).minus(RESERVE));
  }

  /** A deadline this long from now. */
  public static Deadline in(Duration fromNow) {
    return new Deadline(fromNow);
  }

  /** The earlier of this deadline and one this long from now. */
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
   * Limits a call with all its attempts to this deadline.
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
