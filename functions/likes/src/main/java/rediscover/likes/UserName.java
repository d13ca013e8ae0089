package rediscover.likes;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an account on X, without the {@code @}. X ignores case, so the name is in lower case.
 *
 * @param value 1 to 15 of {@code a-z 0-9 _}
 */
public record UserName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_]{1,15}");

  /**
   * @throws IllegalArgumentException if no account on X can have this name
   */
  public UserName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A user name is 1 to 15 letters without accents, digits and underscores");
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  /**
   * A name in lower or upper case.
   *
   * @throws IllegalArgumentException if no account on X can have this name
   */
  public static UserName of(String name) {
    return new UserName(name);
  }
}
