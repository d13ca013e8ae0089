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
   * @param value in lower or upper case
   * @throws IllegalArgumentException if no account on X can have this name. The message is a
   *     sentence for the visitor and does not quote the name
   */
  public UserName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A name on X is 1 to 15 letters without accents, digits and underscores.");
    }
    value = value.toLowerCase(Locale.ROOT);
  }
}
