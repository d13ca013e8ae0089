package rediscover.bench.cost;

import rediscover.bench.Table;

/**
 * What a function's time is worth, as docs/performance.md has it for the memory that template.yaml
 * gives, with what the services' real distance comes to.
 */
record Durations(Table chosen) {
  /**
   * Seconds for one call of a service: a guess, as the stub that was measured with answers at once.
   */
  static final double LATENCY = 0.01;

  /**
   * GB-seconds of an invocation in an environment that is there.
   *
   * @param calls of services, one after the other
   */
  double warm(String function, int calls) {
    return gigabyteSeconds(function, "warm GB-ms", calls);
  }

  /** GB-seconds of a start and its first invocation. */
  double cold(String function, int calls) {
    return gigabyteSeconds(function, "cold GB-ms", calls);
  }

  private double gigabyteSeconds(String function, String column, int calls) {
    double gigabytes = Double.parseDouble(chosen.cell(function, "memory MB")) / 1024;
    return Double.parseDouble(chosen.cell(function, column)) / 1000 + calls * LATENCY * gigabytes;
  }
}
