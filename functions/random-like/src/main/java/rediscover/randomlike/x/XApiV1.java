package rediscover.randomlike.x;

import java.util.List;
import java.util.Optional;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import twitter4j.Paging;
import twitter4j.Status;
import twitter4j.TwitterException;
import twitter4j.TwitterFactory;

/** X's API v1.1, for accounts whose plan still includes it. */
final class XApiV1 implements XApi {

  private static final int PAGE = 100;

  private final String baseUrl;

  XApiV1(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  @Override
  public LikedPage likesOf(UserName user, XCredentials credentials) {
    TwitterFactory twitter = new TwitterFactory(TwitterConfiguration.of(baseUrl, credentials));
    try {
      List<Like> likes =
          twitter.getInstance().getFavorites(user.value(), new Paging().count(PAGE)).stream()
              .map(XApiV1::like)
              .toList();
      return likes.isEmpty() ? new LikedPage.NoLikes() : new LikedPage.Likes(likes);
    } catch (TwitterException e) {
      return XFailure.of(e);
    } catch (IllegalArgumentException e) {
      // A post without an ID, or a malformed ID.
      return new LikedPage.Failed("X's answer contains something other than a post");
    }
  }

  private static Like like(Status status) {
    return new Like(
        Long.toString(status.getId()), Optional.ofNullable(status.getText()), Optional.empty());
  }
}
