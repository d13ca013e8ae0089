package rediscover.randomlike;

import java.time.Duration;
import java.util.Optional;
import org.crac.Context;
import org.crac.Resource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.aws.Deadline;

/**
 * Goes the way of a stored like once before Lambda takes a snapshot (SnapStart), so that each copy
 * that is restored from it has its classes loaded and its caches filled.
 *
 * <p>It stays away from X's side on purpose. What is read or drawn before the snapshot is the same
 * in every copy: X's credentials, which may have been replaced since, and the seed of the generator
 * that Twitter4J's {@code OAuthAuthorization} takes OAuth's nonces from, when that class is loaded.
 * Both come to be with the first user without stored likes, which is after the restore.
 */
final class SnapshotPriming implements Resource {
  private static final UserName ANYBODY = UserName.of("anybody");

  private final LikeFinder finder;

  SnapshotPriming(LikeFinder finder) {
    this.finder = finder;
  }

  /** A failure here fails the deployment: a version that cannot read its table is of no use. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    Optional<Like> stored =
        finder.stored(
            new LikeRequest(ANYBODY, Optional.empty()), Deadline.in(Duration.ofSeconds(5)));
    new HttpAnswer("priming").to(new Answer.Found(ANYBODY, stored.orElse(Like.of("1")), 0));
  }

  /** Nothing: Java opens a new connection where the one of before the snapshot is gone. */
  @Override
  public void afterRestore(Context<? extends Resource> context) {}
}
