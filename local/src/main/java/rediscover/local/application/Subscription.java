package rediscover.local.application;

import java.util.Optional;

/**
 * A function's subscription to a topic.
 *
 * @param function the function's ARN
 * @param deadLetters ARN of the queue that keeps what could not be delivered
 */
public record Subscription(
    String topic, String arn, String function, Optional<String> deadLetters) {}
