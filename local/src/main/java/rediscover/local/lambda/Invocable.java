package rediscover.local.lambda;

import java.io.IOException;

/** What can be invoked with an event, wherever it runs: here in a process, or in LocalStack. */
public interface Invocable {

  /** Runs one event and waits for its outcome. */
  Outcome invoke(byte[] event) throws IOException, InterruptedException;
}
