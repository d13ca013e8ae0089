package rediscover.support.event;

import java.util.List;
import java.util.function.Function;

/** Checks the records of an event. */
public final class Records {
  private Records() {}

  /**
   * The records of an event from this service. Lambda invokes a function with any JSON, and another
   * service's event would otherwise look like one without records.
   *
   * @param records the event's records, or null
   * @param content a part that every record of this service has
   * @throws IllegalArgumentException if the event is from another service
   */
  public static <R> List<R> from(String service, List<R> records, Function<R, ?> content) {
    if (records == null
        || records.stream().anyMatch(record -> record == null || content.apply(record) == null)) {
      throw new IllegalArgumentException("This event is not from " + service);
    }
    return records;
  }
}
