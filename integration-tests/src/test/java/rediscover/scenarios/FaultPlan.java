package rediscover.scenarios;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import rediscover.local.http.Exchange;

/** Decides in a {@link FaultyRun} which call of a function goes wrong, and how. */
sealed interface FaultPlan permits RandomFaults, ThrottledPartitions {

  /**
   * A call of a function to a service.
   *
   * @param caller the function's logical id
   * @param name such as {@code dynamodb:PutItem}
   * @param ordinal counts the calls of this caller with this name, from 0
   */
  record Call(String caller, String name, long ordinal, Exchange exchange) {}

  Optional<Fault> fault(Call call) throws IOException;

  /** The plan in words, from which {@link #of} makes the same one in another process. */
  List<String> words();

  static FaultPlan of(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case RandomFaults.WORD -> RandomFaults.of(rest);
      case ThrottledPartitions.WORD -> ThrottledPartitions.of(rest);
      default -> throw new IllegalArgumentException("there is no plan " + words);
    };
  }
}
