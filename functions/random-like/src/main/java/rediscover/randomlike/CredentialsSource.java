package rediscover.randomlike;

import rediscover.randomlike.x.XCredentials;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * The X credentials in a parameter of Systems Manager, a StringList or a SecureString. The
 * parameter is read once for as long as this object lives, and again when asked to.
 */
final class CredentialsSource {

  private final SsmClient ssm;
  private final String parameterName;
  private XCredentials held;

  CredentialsSource(SsmClient ssm, String parameterName) {
    this.ssm = ssm;
    this.parameterName = parameterName;
  }

  /**
   * @throws NotSetUpException if there is no such parameter, or not the credentials in it
   */
  XCredentials current() {
    if (held == null) {
      held = read();
    }
    return held;
  }

  /**
   * Reads the parameter again.
   *
   * @return whether it holds other credentials than before
   * @throws NotSetUpException as {@link #current()} does
   */
  boolean readAgain() {
    XCredentials before = held;
    held = read();
    return !held.equals(before);
  }

  private XCredentials read() {
    String value;
    try {
      value =
          ssm.getParameter(request -> request.name(parameterName).withDecryption(true))
              .parameter()
              .value();
    } catch (ParameterNotFoundException e) {
      throw new NotSetUpException("the %s does not exist".formatted(this));
    }
    try {
      return XCredentials.parse(value);
    } catch (IllegalArgumentException e) {
      throw new NotSetUpException("the %s is malformed: %s".formatted(this, e.getMessage()));
    }
  }

  /** Where the credentials are, not what they are. */
  @Override
  public String toString() {
    return "SSM parameter " + parameterName;
  }
}
