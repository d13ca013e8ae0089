package rediscover.local.lambda;

import java.io.IOException;
import rediscover.local.application.FunctionSpec;

/** A function that can be invoked, wherever it runs: here in a process, or in LocalStack. */
public interface Invocable {

  FunctionSpec spec();

  /**
   * Runs one event and waits for its outcome.
   *
   * @throws IOException if nothing could be started to run it
   */
  Outcome invoke(byte[] event) throws IOException, InterruptedException;
}
