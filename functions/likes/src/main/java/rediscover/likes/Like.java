package rediscover.likes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A post on X that somebody liked.
 *
 * @param tweetId 1 to 20 digits
 * @param text the post's plain text, if known. A blank text counts as unknown
 * @param url the post's address, if known: http or https, at most 2,048 characters
 */
public record Like(String tweetId, Optional<String> text, Optional<String> url) {
  private static final Pattern TWEET_ID = Pattern.compile("[0-9]{1,20}");
  private static final int MAX_URL_LENGTH = 2_048;

  /**
   * @throws IllegalArgumentException if the tweet ID or the URL is malformed. The message does not
   *     quote them
   */
  public Like {
    if (!isTweetId(tweetId)) {
      throw new IllegalArgumentException("A tweet id is 1 to 20 digits");
    }
    if (url.isPresent() && !isUrl(url.get())) {
      throw new IllegalArgumentException(
          "A like's URL is http or https and at most %d characters".formatted(MAX_URL_LENGTH));
    }
    text = text.filter(known -> !known.isBlank()).map(Like::wellFormed);
  }

  /** A like with a known ID only. */
  public static Like of(String tweetId) {
    return new Like(tweetId, Optional.empty(), Optional.empty());
  }

  /** Whether this is a post's ID: 1 to 20 digits. */
  public static boolean isTweetId(String value) {
    return TWEET_ID.matcher(value).matches();
  }

  /** Whether a like may have this URL. */
  public static boolean isUrl(String value) {
    if (value.length() > MAX_URL_LENGTH || !value.equals(wellFormed(value))) {
      return false;
    }
    try {
      URI uri = new URI(value);
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null;
    } catch (URISyntaxException notAnyUrl) {
      return false;
    }
  }

  /** The post's URL if known, otherwise the address that X gives every post. */
  public String link() {
    return url.orElseGet(() -> "https://x.com/i/status/" + tweetId);
  }

  /** Replaces half a surrogate pair by a question mark, because no service accepts it. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
