package rediscover.likes;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** X returns the texts of posts as HTML, with {@code &amp;} for {@code &}. */
public final class HtmlText {
  private static final Pattern ENTITY =
      Pattern.compile("&(?:(amp|lt|gt|quot)|#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6}));");

  private HtmlText() {}

  /**
   * The plain text. It replaces each entity once, so {@code &amp;lt;} becomes {@code &lt;}, and
   * keeps unknown entities.
   */
  public static String unescape(String html) {
    return ENTITY.matcher(html).replaceAll(HtmlText::replacement);
  }

  private static String replacement(MatchResult entity) {
    return Matcher.quoteReplacement(character(entity));
  }

  private static String character(MatchResult entity) {
    if (entity.group(1) != null) {
      return switch (entity.group(1)) {
        case "amp" -> "&";
        case "lt" -> "<";
        case "gt" -> ">";
        default -> "\"";
      };
    }
    int codePoint =
        entity.group(2) != null
            ? Integer.parseInt(entity.group(2))
            : Integer.parseInt(entity.group(3), 16);
    return isCharacter(codePoint) ? Character.toString(codePoint) : entity.group();
  }

  private static boolean isCharacter(int codePoint) {
    return Character.isValidCodePoint(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
