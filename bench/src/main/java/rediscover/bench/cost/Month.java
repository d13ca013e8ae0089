package rediscover.bench.cost;

import java.util.EnumMap;
import java.util.Map;

/**
 * What happens in a month.
 *
 * @param shown likes that the site shows, each a request to the API
 * @param cold the part of them that an execution environment is started for
 * @param checked invocations of key-checker
 * @param stored likes in the table
 * @param archives files imported
 * @param imported likes in them
 * @param published messages to the topic
 */
record Month(
    long shown,
    double cold,
    long checked,
    long stored,
    long archives,
    long imported,
    long published) {

  private static final double GB = 1e9;

  /** An item's own bytes, and the 100 that DynamoDB adds for itself. */
  private static final double STORED_BYTES = 375 + 100;

  private static final double ARCHIVE_BYTES = 350;
  private static final double ANSWER_BYTES = 1_000;

  /** The access log's line, and the three that Lambda writes about each invocation. */
  private static final double LOG_BYTES = 350 + 1_050;

  /** 8.5 likes in the mean, about 3 KB, read with eventual consistency. */
  private static final double READS = 0.5;

  private static final int LIKES_PER_MESSAGE = 100;
  private static final int MESSAGES_PER_BATCH = 10;

  /** A full batch is so many of those that were measured, and writes in so many steps. */
  private static final int MEASURED_BATCHES = 5;

  private static final int STEPS_PER_BATCH = 32;

  /** Lambda asks five times at a time, and SQS lets each wait for 20 seconds. */
  private static final double IDLE_POLLS = 5 * 30 * 86_400 / 20.0;

  /**
   * Units of each item.
   *
   * @param alarms metrics that alarms watch
   */
  Map<Item, Double> units(Durations durations, int alarms, int dashboards) {
    double messages = Math.ceil((double) imported / LIKES_PER_MESSAGE);
    double batches = Math.ceil(messages / MESSAGES_PER_BATCH);
    double invocations = shown + checked + batches + archives + published;
    Map<Item, Double> units = new EnumMap<>(Item.class);
    units.put(Item.HTTP_REQUEST, (double) shown);
    units.put(Item.LAMBDA_REQUEST, invocations);
    units.put(Item.LAMBDA_TIME, lambdaTime(durations, messages, batches));
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
    units.put(Item.LOG, invocations * LOG_BYTES / GB);
    units.put(Item.ALARM, (double) alarms);
    units.put(Item.DASHBOARD, (double) dashboards);
    units.put(Item.TRANSFER, shown * ANSWER_BYTES / GB);
    return units;
  }

  /** Nobody waits for the writers, so each of their invocations is counted as a cold one. */
  private double lambdaTime(Durations durations, double messages, double batches) {
    double batch =
        durations.cold("queue-writer", STEPS_PER_BATCH)
            + (MEASURED_BATCHES - 1) * durations.warm("queue-writer", 0);
    return mixed(durations, "random-like, stored", shown, 1)
        + mixed(durations, "key-checker", checked, 0)
        + batches * batch
        + archives * durations.cold("archive-importer", 2)
        + messages * durations.warm("archive-importer", 1)
        + published * durations.cold("topic-writer", 1);
  }

  private double mixed(Durations durations, String function, long invocations, int calls) {
    return invocations
        * (cold * durations.cold(function, calls + 1)
            + (1 - cold) * durations.warm(function, calls));
  }
}
