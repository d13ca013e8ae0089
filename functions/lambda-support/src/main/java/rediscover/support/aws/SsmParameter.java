package rediscover.support.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InvalidKeyIdException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * A parameter of Systems Manager, a StringList or a SecureString. It caches the value, because the
 * account shares one limit of calls to Systems Manager.
 *
 * <p>Not thread-safe: Lambda runs one invocation at a time.
 *
 * @param <T> the type that the parameter's text is parsed to
 */
public final class SsmParameter<T> {
  /** The longest that one read may take. A visitor waits for it. */
  private static final Duration LONGEST_READ = Duration.ofSeconds(3);

  /**
   * How often the parameter is read.
   *
   * @param age how long a value is used before it is read again
   * @param pause the least time between two reads after a failure or a value that does not fit
   * @param grace how long past its age a value is used while Systems Manager does not answer
   */
  public record Pace(Duration age, Duration pause, Duration grace) {}

  private final SsmClient ssm;
  private final String name;
  private final Function<String, T> parser;
  private final Pace pace;
  private final InstantSource clock;

  private T held;
  private Instant heldSince = Instant.EPOCH;

  /** Why the last read failed, or null if it did not. */
  private RuntimeException failure;

  private Instant failedAt = Instant.EPOCH;
  private Instant secondLook = Instant.EPOCH;

  /**
   * @param ssm belongs to the caller, who closes it
   * @param parser throws an {@link IllegalArgumentException} for a malformed text. Its message does
   *     not contain the text
   */
  public SsmParameter(
      SsmClient ssm, String name, Function<String, T> parser, Pace pace, InstantSource clock) {
    this.ssm = ssm;
    this.name = name;
    this.parser = parser;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * The value. It is read again if it is older than {@link Pace#age}.
   *
   * @throws NotSetUpException if the parameter is missing, unreadable or malformed
   * @throws SdkException if Systems Manager did not answer
   */
  public T value(Deadline deadline) {
    return value(any -> true, deadline);
  }

  /**
   * The value, also read again if it does not fit: it may have been replaced. The returned value
   * may still not fit.
   *
   * @throws NotSetUpException if the parameter is missing, unreadable or malformed
   * @throws SdkException if Systems Manager did not answer and the value that is held does not fit
   */
  public T value(Predicate<T> fits, Deadline deadline) {
    Instant now = clock.instant();
    if (held == null || isOver(heldSince, pace.age(), now)) {
      if (failure == null || isOver(failedAt, pace.pause(), now)) {
        read(now, deadline);
      }
    } else if (isOver(secondLook, pace.pause(), now) && !fits.test(held)) {
      secondLook = now;
      read(now, deadline);
    }
    if (failure != null
        && (held == null
            || isOver(heldSince, pace.age().plus(pace.grace()), now)
            || !fits.test(held))) {
      throw failure;
    }
    return held;
  }

  private static boolean isOver(Instant since, Duration time, Instant now) {
    return !now.isBefore(since.plus(time));
  }

  private void read(Instant now, Deadline deadline) {
    try {
      held = parse(text(deadline.within(LONGEST_READ)));
      heldSince = now;
      failure = null;
    } catch (NotSetUpException e) {
      held = null;
      failure = e;
      failedAt = now;
    } catch (SdkException e) {
      failure = e;
      failedAt = now;
    }
  }

  private String text(Deadline deadline) {
    try {
      return ssm.getParameter(
              request ->
                  request.name(name).withDecryption(true).overrideConfiguration(deadline.forCall()))
          .parameter()
          .value();
    } catch (ParameterNotFoundException e) {
      throw new NotSetUpException("%s does not exist".formatted(this));
    } catch (InvalidKeyIdException e) {
      throw new NotSetUpException("%s has a KMS key that cannot be used".formatted(this));
    } catch (SsmException e) {
      // The role lacks ssm:GetParameter, or kms:Decrypt on a customer managed key.
      if (e.awsErrorDetails() != null
          && "AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
        throw new NotSetUpException(
            "%s cannot be read: %s".formatted(this, e.awsErrorDetails().errorMessage()));
      }
      throw e;
    }
  }

  private T parse(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new NotSetUpException("%s is malformed: %s".formatted(this, e.getMessage()));
    }
  }

  /** The parameter's name, never its value. */
  @Override
  public String toString() {
    return "SSM parameter " + name;
  }
}
