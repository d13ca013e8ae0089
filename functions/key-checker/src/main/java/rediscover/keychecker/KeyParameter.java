package rediscover.keychecker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * The key in a parameter of Systems Manager. What was read is kept, and read again when it is old,
 * so that a key that was replaced does not open for long, and when another key is presented, so
 * that a new one opens at once. Wrong keys cannot make it read more often than {@link #PAUSE}
 * allows: the account's calls to Systems Manager are limited, and others need them too.
 *
 * <p>For one invocation at a time, as Lambda has it.
 */
final class KeyParameter {

  /** The time after which a key is read again even if it fits. */
  static final Duration LONGEST_AGE = Duration.ofMinutes(5);

  /** The time between two readings because of a wrong key, or because there is none. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * What was found when the parameter was read.
   *
   * @param problem why there is no key
   */
  private record Reading(Instant at, Optional<AccessKey> key, String problem) {
    boolean isOlderThan(Duration age, Instant now) {
      return !now.isBefore(at.plus(age));
    }
  }

  private final SsmClient ssm;
  private final String name;
  private final InstantSource clock;
  private Reading last;
  private Instant secondLook = Instant.EPOCH;

  KeyParameter(SsmClient ssm, String name, InstantSource clock) {
    this.ssm = ssm;
    this.name = name;
    this.clock = clock;
  }

  /**
   * Whether this is the key.
   *
   * @throws NotSetUpException if there is no such parameter, or no key in it
   * @throws software.amazon.awssdk.services.ssm.model.SsmException if it could not be read
   */
  boolean holds(String presented) {
    Instant now = clock.instant();
    boolean fresh = false;
    if (last == null || last.isOlderThan(last.key().isPresent() ? LONGEST_AGE : PAUSE, now)) {
      last = read(now);
      fresh = true;
    }
    boolean mayLookAgain = !fresh && !now.isBefore(secondLook.plus(PAUSE));
    if (last.key().isPresent() && !last.key().get().is(presented) && mayLookAgain) {
      secondLook = now;
      last = read(now);
    }
    String problem = last.problem();
    return last.key().orElseThrow(() -> new NotSetUpException(problem)).is(presented);
  }

  private Reading read(Instant now) {
    String value;
    try {
      value =
          ssm.getParameter(request -> request.name(name).withDecryption(true)).parameter().value();
    } catch (ParameterNotFoundException e) {
      return new Reading(now, Optional.empty(), "SSM parameter %s does not exist".formatted(name));
    }
    try {
      return new Reading(now, Optional.of(AccessKey.parse(value)), "");
    } catch (IllegalArgumentException e) {
      String problem = "SSM parameter %s is malformed: %s".formatted(name, e.getMessage());
      return new Reading(now, Optional.empty(), problem);
    }
  }
}
