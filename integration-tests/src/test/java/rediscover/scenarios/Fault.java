package rediscover.scenarios;

import java.time.Duration;

/** A way in which a call of a function to a service goes wrong. */
sealed interface Fault {

  /** The service throttles the call. */
  record Throttled() implements Fault {}

  /** The service answers with an error of its own. */
  record Broken(int status) implements Fault {}

  /** Nobody answers, and then the connection is closed. The call does not reach the service. */
  record Hung(Duration time) implements Fault {}

  /** The service does what it was asked, but its answer does not arrive. */
  record Unheard() implements Fault {}

  /** The answer breaks off after half of its content. */
  record Halved() implements Fault {}

  /** The function's processes are killed, whatever they are doing. */
  record Killed() implements Fault {}
}
