package rediscover.randomlike.x;

import java.time.Duration;
import rediscover.likes.UserName;

/** Asks X for the newest likes of a user. One call of this method is at most one page of likes. */
public interface XApi {

  /**
   * How long X may take over one page, all its requests together. The function's timeout is 20 s
   * and HttpApi waits for 30 s: even a second try with new credentials (16 s) leaves time to send
   * the page to the queue.
   */
  Duration DEADLINE = Duration.ofSeconds(8);

  /** The likes of {@code user}, as far as the owner of {@code credentials} may see them. */
  LikedPage likesOf(UserName user, XCredentials credentials);

  /**
   * @param version "2" or "1.1"
   * @param url where the API is, without a version: https://api.x.com
   * @throws IllegalArgumentException for any other version
   */
  static XApi ofVersion(String version, String url) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    XApi api =
        switch (version) {
          case "2" -> new XApiV2(base);
          case "1.1" -> new XApiV1(base);
          default -> throw new IllegalArgumentException("the version of X's API is 2 or 1.1");
        };
    return new XApiWithDeadline(api, DEADLINE);
  }
}
