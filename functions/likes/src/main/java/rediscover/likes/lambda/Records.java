package rediscover.likes.lambda;

import java.util.List;
import java.util.function.Function;

/** The records of an event. */
public final class Records {
  private Records() {}

  /**
   * The records, if the event is from this service. Lambda invokes a function with whatever JSON it
   * is given, and what another service sends would otherwise look like an event without records.
   *
   * @param records as the event's type has them
   * @param content a part that every record of this service has
   * @throws IllegalArgumentException if the event is from elsewhere
   */
  public static <R> List<R> from(String service, List<R> records, Function<R, ?> content) {
    if (records == null
        || records.stream().anyMatch(record -> record == null || content.apply(record) == null)) {
      throw new IllegalArgumentException("This event is not from " + service);
    }
    return records;
  }
}
