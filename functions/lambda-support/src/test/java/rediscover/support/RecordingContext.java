package rediscover.support;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An invocation whose log can be read afterwards. */
public final class RecordingContext implements Context {
  private static final String REQUEST_ID = "8f507cfc-xmpl-4697-b07a-ac58fc914c95";

  /** What every line begins with, as Lambda's own do. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",\"level\":\"([A-Z]+)\","
              + "\"AWSRequestId\":\"%s\",(\"message\":.*})\n".formatted(REQUEST_ID));

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final int remainingMillis;

  /** With plenty of time. */
  public RecordingContext() {
    this(60_000);
  }

  public RecordingContext(int remainingMillis) {
    this.remainingMillis = remainingMillis;
  }

  /** The lines of the log: of each its level, and then the object without what all begin with. */
  public List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(byte[] message, LogLevel level) {
        Matcher line = LINE.matcher(new String(message, StandardCharsets.UTF_8));
        if (!line.matches() || !line.group(1).equals(level.name())) {
          throw new IllegalArgumentException("No line of a log: " + line);
        }
        log.add(level + " {" + line.group(2));
      }

      @Override
      public void log(byte[] message) {
        log(message, LogLevel.UNDEFINED);
      }

      @Override
      public void log(String message) {
        throw new UnsupportedOperationException("A text has no fields to filter by");
      }
    };
  }

  @Override
  public String getAwsRequestId() {
    return REQUEST_ID;
  }

  @Override
  public String getLogGroupName() {
    return "rediscover";
  }

  @Override
  public String getLogStreamName() {
    return "2026/01/01/[$LATEST]0123456789abcdef";
  }

  @Override
  public String getFunctionName() {
    return "function";
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:123456789012:function:function";
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return remainingMillis;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }
}
