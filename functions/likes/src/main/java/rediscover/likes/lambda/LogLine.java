package rediscover.likes.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of a function's log: a JSON object that begins like those that Lambda itself writes, and
 * then has what it counts in fields of their own, for CloudWatch to filter and to add up. Lambda's
 * logger would put all of it into one text.
 */
public final class LogLine {
  private static final JsonFactory JSON = new JsonFactory();

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

  /** For what is somebody else's fault. */
  public static LogLine warn(String message) {
    return new LogLine(LogLevel.WARN, message);
  }

  /** For what somebody has to do something about. */
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

  /** With the places in the code that an exception came through: for one that nobody expects. */
  public LogLine with(String field, Throwable unexpected) {
    StringWriter trace = new StringWriter();
    unexpected.printStackTrace(new PrintWriter(trace, true));
    return with(field, trace.toString());
  }

  /** Writes the line into the log of an invocation. */
  public void log(Context invocation) {
    log(invocation.getAwsRequestId(), invocation.getLogger());
  }

  /** Writes the line into the log where there is no invocation, while a function is set up. */
  public void log() {
    log("", LambdaRuntime.getLogger());
  }

  private void log(String requestId, LambdaLogger logger) {
    // The logger takes bytes as they are. A line of its own ends with a line break as well.
    logger.log((json(requestId) + "\n").getBytes(UTF_8), level);
  }

  private String json(String requestId) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
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
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot fail to be written", e);
    }
    return text.toString();
  }
}
