package rediscover.local.web;

import java.util.function.LongSupplier;

/**
 * A token bucket, as API Gateway throttles: a burst of requests at once, then a rate a second.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html">
 *     throttling of HTTP APIs</a>
 */
final class Throttle {

  private final double burst;
  private final double perNano;
  private final LongSupplier nanos;
  private double tokens;
  private long last;

  Throttle(int burst, int perSecond, LongSupplier nanos) {
    this.burst = burst;
    this.perNano = perSecond / 1e9;
    this.nanos = nanos;
    this.tokens = burst;
    this.last = nanos.getAsLong();
  }

  synchronized boolean admits() {
    long now = nanos.getAsLong();
    tokens = Math.min(burst, tokens + (now - last) * perNano);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
