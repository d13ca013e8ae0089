package rediscover.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of a function's log: a JSON object. It begins like the lines that Lambda writes. Numbers
 * have fields of their own, so that CloudWatch can filter and add them up. Lambda's logger would
 * put everything into one text.
 */
public final class LogLine {
  private final LogLevel level;
  private final String message;
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private LogLine(LogLevel level, String message) {
    this.level = level;
    this.message = message;
  }

  public static LogLine info(String message) {
    return new LogLine(LogLevel.INFO, message);
  }

  /** For a fault outside of this application. */
  public static LogLine warn(String message) {
    return new LogLine(LogLevel.WARN, message);
  }

  /** For what an operator has to act on. */
  public static LogLine error(String message) {
    return new LogLine(LogLevel.ERROR, message);
  }

  public LogLine with(String field, long count) {
    fields.put(field, count);
    return this;
  }

  public LogLine with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  /** Adds an unexpected exception with its stack trace. */
  public LogLine with(String field, Throwable unexpected) {
    StringWriter trace = new StringWriter();
    unexpected.printStackTrace(new PrintWriter(trace, true));
    return with(field, trace.toString());
  }

  /** Writes the line to the log of an invocation. */
  public void log(Context invocation) {
    log(invocation.getAwsRequestId(), invocation.getLogger());
  }

  /** Writes the line outside of an invocation, during initialization. */
  public void log() {
    log("", LambdaRuntime.getLogger());
  }

  private void log(String requestId, LambdaLogger logger) {
    // The logger writes bytes as they are, so the line needs its own line break.
    logger.log((json(requestId) + "\n").getBytes(UTF_8), level);
  }

  private String json(String requestId) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("timestamp", Instant.now().toString());
          json.writeStringField("level", level.name());
          json.writeStringField("AWSRequestId", requestId);
          json.writeStringField("message", message);
          for (Map.Entry<String, Object> field : fields.entrySet()) {
            switch (field.getValue()) {
              case Long count -> json.writeNumberField(field.getKey(), count);
              case Object value -> json.writeStringField(field.getKey(), value.toString());
            }
          }
          json.writeEndObject();
        });
  }
}
