package rediscover.bench;

import java.util.List;

/**
 * Median, lowest and highest of repeated measurements, in nanoseconds.
 *
 * @param median the least that half of them do not exceed
 */
record Spread(double median, double low, double high) {

  static Spread of(List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    return new Spread(sorted.get((sorted.size() - 1) / 2), sorted.getFirst(), sorted.getLast());
  }

  /** This as a part of the other; or that no difference was seen, if the two overlap. */
  String partOf(Spread other) {
    return low <= other.high && other.low <= high
        ? "no difference seen"
        : "%.2f".formatted(median / other.median);
  }

  String seconds() {
    return "%.2f (%.2f–%.2f)".formatted(median / 1e9, low / 1e9, high / 1e9);
  }

  String millis() {
    return "%s (%s–%s)".formatted(millis(median), millis(low), millis(high));
  }

  /** Three digits are more than any of it is worth. */
  static String millis(double nanos) {
    return (nanos < 99.5e6 ? "%.1f" : "%.0f").formatted(nanos / 1e6);
  }
}
