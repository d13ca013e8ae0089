package rediscover.randomlike;

import java.util.List;
import java.util.random.RandomGenerator;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.MessagePacker;
import rediscover.likes.queue.LikesQueue;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XApi;

/**
 * Fetches a page of likes from X, shows one of them, and sends the page to the queue, so that the
 * next request finds it in the table.
 */
final class LiveLikes {

  private final XApi x;
  private final CredentialsSource credentials;
  private final LikesQueue queue;
  private final RandomGenerator random;

  LiveLikes(XApi x, CredentialsSource credentials, LikesQueue queue, RandomGenerator random) {
    this.x = x;
    this.credentials = credentials;
    this.queue = queue;
    this.random = random;
  }

  /**
   * @throws RuntimeException if the page could not be sent: a like counts as found only once it is
   *     on its way to the table
   */
  Answer find(UserName user) {
    LikedPage page;
    try {
      page = pageOf(user);
    } catch (NotSetUpException e) {
      return new Answer.NotSetUp(e.getMessage());
    }
    return switch (page) {
      case LikedPage.Likes(List<Like> likes) -> {
        send(user, likes);
        Like like = likes.get(random.nextInt(likes.size()));
        yield new Answer.Found(user, like, likes.size());
      }
      case LikedPage.NobodyKnown() -> new Answer.NobodyKnown();
      case LikedPage.RateLimited(var retryAfter) -> new Answer.RateLimited(retryAfter);
      case LikedPage.Failed(var reason) -> new Answer.XFailed(reason);
      case LikedPage.Refused(var reason) ->
          new Answer.NotSetUp(
              "X refuses the credentials in the %s: %s".formatted(credentials, reason));
    };
  }

  /** Asks X again only if somebody has replaced the credentials that X refused. */
  private LikedPage pageOf(UserName user) {
    LikedPage page = x.likesOf(user, credentials.current());
    return page instanceof LikedPage.Refused && credentials.readAgain()
        ? x.likesOf(user, credentials.current())
        : page;
  }

  private void send(UserName user, List<Like> likes) {
    MessagePacker packer = new MessagePacker(user);
    likes.forEach(like -> packer.add(like).ifPresent(queue::send));
    packer.last().ifPresent(queue::send);
  }
}
