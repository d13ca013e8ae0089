package rediscover.randomlike.x;

import java.time.Duration;
import rediscover.likes.UserName;

/** Asks X for the newest likes of a user: one page at most. */
public interface XApi {

  /** The likes of {@code user} that the owner of {@code credentials} may see. */
  LikedPage likesOf(UserName user, XCredentials credentials);

  /** The same API with a limit on the time of one page, over all its requests. */
  default XApi within(Duration limit) {
    return new XApiWithDeadline(this, limit);
  }

  /**
   * @param version "2" or "1.1"
   * @param url the API's address without a version: https://api.x.com
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
