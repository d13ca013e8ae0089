package rediscover.bench;

import java.util.List;

/** Of times in nanoseconds. */
final class Statistics {
  private Statistics() {}

  static double median(List<Long> times) {
    return percentile(times, 50);
  }

  /** The least time that so many in a hundred do not exceed. */
  static double percentile(List<Long> times, int percent) {
    List<Long> sorted = times.stream().sorted().toList();
    int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
    return sorted.get(Math.max(0, index));
  }

  static String seconds(double nanos) {
    return "%.2f".formatted(nanos / 1e9);
  }

  static String millis(double nanos) {
    return "%.1f".formatted(nanos / 1e6);
  }
}
