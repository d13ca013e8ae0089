package rediscover.likes.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An invocation whose log can be read afterwards. */
public final class RecordingContext implements Context {
  private final List<String> log = new CopyOnWriteArrayList<>();

  /** The lines of the log, each with its level in front. */
  public List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message, LogLevel level) {
        log.add(level + " " + message);
      }

      @Override
      public void log(String message) {
        log(message, LogLevel.UNDEFINED);
      }

      @Override
      public void log(byte[] message) {
        throw new UnsupportedOperationException("Nothing here logs bytes");
      }
    };
  }

  @Override
  public String getAwsRequestId() {
    return "8f507cfc-xmpl-4697-b07a-ac58fc914c95";
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
    return 10_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }
}
