package rediscover.scenarios;

import java.time.Duration;

/** What can go wrong with one call of a function to a service. */
sealed interface Fault {

  /** The service refuses, because it has too much to do. */
  record Throttled() implements Fault {}

  /** The service has broken down. */
  record Broken(int status) implements Fault {}

  /** Nobody answers, and in the end the connection is gone. The service did not see the call. */
  record Hung(Duration time) implements Fault {}

  /** The service does what it was asked, but its answer does not arrive. */
  record Unheard() implements Fault {}

  /** The answer breaks off after half of its content. */
  record Halved() implements Fault {}

  /** The function's processes are killed, whatever they are doing. */
  record Killed() implements Fault {}
}
