package rediscover.local.lambda;

/** The outcome of an invocation. */
public sealed interface Outcome {

  /** The handler returned; {@code payload} is its answer as JSON. */
  record Answered(byte[] payload) implements Outcome {}

  /**
   * The handler threw, ran out of time, or its environment could not start or went away.
   *
   * @param payload Lambda's error document: errorType, errorMessage and, from the runtime, the
   *     stack
   */
  record Failed(byte[] payload) implements Outcome {}
}
