package rediscover.scenarios;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Throttles every write to the partitions of some users, as DynamoDB does when a partition gets
 * more than it takes. The time begins with a partition's first write.
 */
final class ThrottledPartitions implements FaultPlan {

  static final String WORD = "throttled";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Duration> times;
  private final Map<String, Long> begins = new ConcurrentHashMap<>();

  /**
   * @param times how long, by user
   */
  ThrottledPartitions(Map<String, Duration> times) {
    this.times = Map.copyOf(times);
  }

  static ThrottledPartitions of(List<String> words) {
    Map<String, Duration> times = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      times.put(words.get(i), Duration.parse(words.get(i + 1)));
    }
    return new ThrottledPartitions(times);
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(List.of(WORD));
    times.forEach((user, time) -> words.addAll(List.of(user, time.toString())));
    return words;
  }

  @Override
  public Optional<Fault> fault(Call call) throws IOException {
    if (!call.name().equals("dynamodb:PutItem")) {
      return Optional.empty();
    }
    String user = JSON.readTree(call.exchange().body()).at("/Item/user/S").asText();
    return isThrottled(user) ? Optional.of(new Fault.Throttled()) : Optional.empty();
  }

  private boolean isThrottled(String user) {
    long now = System.nanoTime();
    return times.containsKey(user)
        && now - begins.computeIfAbsent(user, first -> now) < times.get(user).toNanos();
  }
}
