package rediscover.local.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A function as the template has it.
 *
 * @param module the folder below functions/ that it is built from, also its name in logs
 * @param directory its exploded package: classes and lib/
 * @param timeout of one invocation
 * @param logLevel below which its lines are left out
 * @param retries how often a failed asynchronous invocation is tried again
 * @param onFailure ARN of the queue that keeps an event whose last attempt has failed
 * @param session the keys that its AWS clients sign with
 */
public record FunctionSpec(
    String logicalId,
    String name,
    String arn,
    String module,
    Path directory,
    String handler,
    int memoryMegabytes,
    Duration timeout,
    Map<String, String> environment,
    String logGroup,
    String logFormat,
    Optional<String> logLevel,
    int retries,
    Optional<String> onFailure,
    SessionKey session) {}
