package rediscover.support.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;

/**
 * The context of a rehearsed invocation. It has a minute and discards the log, but fails on an
 * error.
 */
final class RehearsalContext implements Context {
  private static final String NONE = "rehearsal";

  @Override
  public int getRemainingTimeInMillis() {
    return 60_000;
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {}

      @Override
      public void log(byte[] message) {}

      @Override
      public void log(byte[] message, LogLevel level) {
        if (level == LogLevel.ERROR) {
          throw new IllegalStateException(new String(message, UTF_8));
        }
      }
    };
  }

  @Override
  public String getAwsRequestId() {
    return NONE;
  }

  @Override
  public String getLogGroupName() {
    return NONE;
  }

  @Override
  public String getLogStreamName() {
    return NONE;
  }

  @Override
  public String getFunctionName() {
    return NONE;
  }

  @Override
  public String getFunctionVersion() {
    return NONE;
  }

  @Override
  public String getInvokedFunctionArn() {
    return NONE;
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
  public int getMemoryLimitInMB() {
    return 512;
  }
}
