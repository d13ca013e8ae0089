package rediscover.randomlike;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.message.MessagePacker;
import rediscover.likes.queue.LikesQueue;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XApi;
import rediscover.randomlike.x.XCredentials;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.NotSetUpException;
import rediscover.support.aws.SsmParameter;

/**
 * Fetches a page of likes from X, returns one of them, and sends the page to the queue. The next
 * request finds it in the table.
 */
final class LiveLikes {

  /** How long X may take. Even two tries leave four of the usual 18 seconds for the AWS calls. */
  private static final Duration LONGEST_PAGE = Duration.ofSeconds(7);

  private final XApi x;
  private final SsmParameter<XCredentials> credentials;
  private final LikesQueue queue;
  private final RandomGenerator random;

  LiveLikes(
      XApi x, SsmParameter<XCredentials> credentials, LikesQueue queue, RandomGenerator random) {
    this.x = x;
    this.credentials = credentials;
    this.queue = queue;
    this.random = random;
  }

  /**
   * @throws RuntimeException if the page could not be sent. A like counts as found only when the
   *     queue has accepted it
   */
  Answer find(UserName user, Deadline deadline) {
    LikedPage page;
    try {
      page = pageOf(user, deadline);
    } catch (NotSetUpException e) {
      return new Answer.NotSetUp(e.getMessage());
    }
    return switch (page) {
      case LikedPage.Likes(List<Like> likes) -> {
        send(user, likes, deadline);
        Like like = likes.get(random.nextInt(likes.size()));
        yield new Answer.Found(user, like, likes.size());
      }
      case LikedPage.NoLikes() -> new Answer.NoLikes();
      case LikedPage.RateLimited(var retryAfter) -> new Answer.RateLimited(retryAfter);
      case LikedPage.Failed(var reason) -> new Answer.XFailed(reason);
      case LikedPage.Refused(var reason) ->
          new Answer.NotSetUp("X refuses the credentials in %s: %s".formatted(credentials, reason));
    };
  }

  /** Asks X again only if the credentials that X refused have been replaced since. */
  private LikedPage pageOf(UserName user, Deadline deadline) {
    XCredentials tried = credentials.value(deadline);
    LikedPage page = ask(user, tried, deadline);
    if (page instanceof LikedPage.Refused) {
      XCredentials current = credentials.value(held -> !held.equals(tried), deadline);
      if (!current.equals(tried)) {
        page = ask(user, current, deadline);
      }
    }
    return page;
  }

  private LikedPage ask(UserName user, XCredentials with, Deadline deadline) {
    return x.within(deadline.within(LONGEST_PAGE).remaining()).likesOf(user, with);
  }

  private void send(UserName user, List<Like> likes, Deadline deadline) {
    MessagePacker packer = new MessagePacker(user);
    Consumer<LikesMessage> send = message -> queue.send(message, deadline);
    likes.forEach(like -> packer.add(like).ifPresent(send));
    packer.last().ifPresent(send);
  }
}
