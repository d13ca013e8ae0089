package rediscover.bench.cost;

import java.util.EnumMap;
import java.util.Map;

/**
 * What happens in a month.
 *
 * @param shown likes that the site shows, each a request to the API
 * @param cold the part of them that an execution environment is started for
 * @param stored likes in the table
 * @param archives files imported
 * @param imported likes in them
 * @param published messages to the topic
 * @param alarms that the template has
 * @param dashboards that the template has
 */
record Month(
    long shown,
    double cold,
    long stored,
    long archives,
    long imported,
    long published,
    int alarms,
    int dashboards) {

  private static final double GB = 1e9;
  private static final double MEMORY_GB = 0.5;

  /** Seconds, as they may be at 512 MB of memory: nobody has measured them on Lambda. */
  private static final double WARM = 0.02;

  private static final double COLD = 3;
  private static final double BATCH = 3;

  /** An item's own bytes, and the 100 that DynamoDB adds for itself. */
  private static final double STORED_BYTES = 375 + 100;

  private static final double ARCHIVE_BYTES = 350;
  private static final double ANSWER_BYTES = 1_000;

  /** The access log's line, and the three that Lambda writes about each invocation. */
  private static final double LOG_BYTES = 350 + 1_050;

  /** 16 likes in the mean, about 6 KB, read with eventual consistency. */
  private static final double READS = 1;

  private static final int LIKES_PER_MESSAGE = 100;
  private static final int MESSAGES_PER_BATCH = 10;

  /** Lambda asks five times at a time, and SQS lets each wait for 20 seconds. */
  private static final double IDLE_POLLS = 5 * 30 * 86_400 / 20.0;

  /** Units of each item. */
  Map<Item, Double> units() {
    double messages = Math.ceil((double) imported / LIKES_PER_MESSAGE);
    double batches = Math.ceil(messages / MESSAGES_PER_BATCH);
    double writers = batches + archives + published;
    Map<Item, Double> units = new EnumMap<>(Item.class);
    units.put(Item.HTTP_REQUEST, (double) shown);
    units.put(Item.LAMBDA_REQUEST, shown + writers);
    units.put(
        Item.LAMBDA_TIME, MEMORY_GB * (shown * (WARM + cold * COLD) + writers * (BATCH + COLD)));
    units.put(Item.TABLE_READ, READS * shown);
    units.put(Item.TABLE_WRITE, (double) imported + published);
    units.put(Item.TABLE_STORAGE, stored * STORED_BYTES / GB);
    units.put(Item.TABLE_BACKUP, stored * STORED_BYTES / GB);
    units.put(Item.QUEUE_REQUEST, IDLE_POLLS + messages + 2 * batches);
    units.put(Item.TOPIC_PUBLISH, (double) published);
    units.put(Item.BUCKET_PUT, (double) archives);
    units.put(Item.BUCKET_GET, (double) archives);
    units.put(Item.BUCKET_STORAGE, imported * ARCHIVE_BYTES / GB);
    units.put(Item.PARAMETER_READ, 0.0);
    units.put(Item.LOG, (shown + writers) * LOG_BYTES / GB);
    units.put(Item.ALARM, (double) alarms);
    units.put(Item.DASHBOARD, (double) dashboards);
    units.put(Item.TRANSFER, shown * ANSWER_BYTES / GB);
    return units;
  }

  double listed(String service) {
    return units().entrySet().stream()
        .filter(units -> units.getKey().service().equals(service))
        .mapToDouble(units -> units.getKey().listed(units.getValue()))
        .sum();
  }

  double listed() {
    return units().entrySet().stream()
        .mapToDouble(units -> units.getKey().listed(units.getValue()))
        .sum();
  }

  double charged() {
    return units().entrySet().stream()
        .mapToDouble(units -> units.getKey().charged(units.getValue()))
        .sum();
  }
}
