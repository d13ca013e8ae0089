package rediscover.randomlike.x;

import java.time.Duration;
import rediscover.likes.UserName;

/** Asks X for the newest likes of a user. One call of this method is at most one page of likes. */
public interface XApi {

  /** The likes of {@code user}, as far as the owner of {@code credentials} may see them. */
  LikedPage likesOf(UserName user, XCredentials credentials);

  /** The same API, given up after this time: all requests for one page together. */
  default XApi within(Duration limit) {
    return new XApiWithDeadline(this, limit);
  }

  /**
   * @param version "2" or "1.1"
   * @param url where the API is, without a version: https://api.x.com
   * @throws IllegalArgumentException for any other version
   */
  static XApi ofVersion(String version, String url) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    return switch (version) {
      case "2" -> new XApiV2(base);
      case "1.1" -> new XApiV1(base);
      default -> throw new IllegalArgumentException("the version of X's API is 2 or 1.1");
    };
  }
}
