package rediscover.local.lambda;

import java.io.IOException;
import java.util.UUID;
import rediscover.local.application.FunctionSpec;

/** A function that can be invoked: in a process of the run, or in LocalStack. */
public interface Invocable {

  FunctionSpec spec();

  /**
   * Runs one event and waits for its outcome.
   *
   * @param requestId which the function's log has on every line
   * @throws IOException if nothing could be started to run it
   */
  Outcome invoke(String requestId, byte[] event) throws IOException, InterruptedException;

  /** The same under a request id of its own. */
  default Outcome invoke(byte[] event) throws IOException, InterruptedException {
    return invoke(UUID.randomUUID().toString(), event);
  }
}
