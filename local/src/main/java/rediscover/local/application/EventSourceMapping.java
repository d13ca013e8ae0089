package rediscover.local.application;

/**
 * A queue that Lambda polls for a function.
 *
 * @param function the function's ARN
 * @param reportsFailures whether the function answers which messages of a batch failed
 */
public record EventSourceMapping(
    String queue, String function, int batchSize, boolean reportsFailures) {}
